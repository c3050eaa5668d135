"""What keyfob tells of its own command line: completion scripts that complete, a manual page that is well-formed."""

import re
import shutil
import subprocess

import pytest

import keyfob_server


def keyfob(*words):
    return subprocess.run([keyfob_server.BINARY, *words], env=keyfob_server.clean_environment(), check=True,
                          capture_output=True, text=True, timeout=keyfob_server.PATIENCE).stdout


def run(*command, stdin, folder):
    if shutil.which(command[0]) is None:
        pytest.skip(f"there is no {command[0]} here")
    done = subprocess.run(command, input=stdin, cwd=folder, capture_output=True, text=True, timeout=keyfob_server.PATIENCE,
                          env={**keyfob_server.clean_environment(), "HOME": str(folder)})
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.splitlines())


def bash(words, folder):
    """What bash's completion function offers for the last word."""
    quoted = " ".join(f"'{word}'" for word in words)
    return run("bash", "-c", f'source ./script; COMP_WORDS=(keyfob {quoted}); COMP_CWORD={len(words)}; _keyfob; '
               'printf "%s\\n" "${COMPREPLY[@]}"', stdin="", folder=folder)


def zsh(words, folder):
    """What zsh's function would have offered: its own functions for that are stood in for."""
    quoted = " ".join(f"'{word}'" for word in words)
    stand_ins = ('compdef() { }; compadd() { shift; print -rl -- "$@" }; _files() { print -rl -- *(N) }; '
                 '_describe() { local entry; for entry in "${(@P)4}"; do print -r -- "${entry%%:*}"; done }; ')
    return run("zsh", "-f", "-c", f"{stand_ins} source ./script; words=(keyfob {quoted}); CURRENT={len(words) + 1}; "
               "_keyfob", stdin="", folder=folder)


def fish(words, folder):
    line = " ".join(["keyfob", *words])
    offered = run("fish", "--no-config", "-c", f"source ./script; complete -C '{line}'", stdin="", folder=folder)
    return {word.split("\t")[0] for word in offered}


@pytest.fixture(params=[bash, zsh, fish], ids=lambda shell: shell.__name__)
def complete(request, tmp_path):
    (tmp_path / "script").write_text(keyfob("completion", request.param.__name__))
    (tmp_path / "state.json").touch()

    def offered(*words):
        # zsh and fish filter by what is typed already, bash's function does so itself.
        return {word for word in request.param(words, tmp_path) if word.startswith(words[-1])}

    return offered


def test_commands_and_subcommands_complete(complete):
    assert complete("sna") == {"snapshot"}
    assert {"serve", "codes", "device", "enroll", "completion", "man"} <= complete("")
    assert {"list", "add", "remove"} <= complete("device", "")
    assert complete("clock", "fr") == {"freeze"}


def test_options_complete_where_they_are_understood(complete):
    assert complete("--verify") == complete("serve", "--verify") == {"--verify-signatures"}
    assert complete("codes", "GAHT12345678", "--at") == {"--at"}
    assert complete("device", "add", "--") == {"--hardware", "--fido", "--seed", "--certification",
                                               "--url", "--account", "--token", "--json"}
    assert complete("codes", "--verify") == set()


def test_values_complete(complete):
    assert complete("--limits", "") == {"aws", "relaxed"}
    assert complete("faults", "arm", "--drop", "a") == {"after"}
    assert {"bash", "zsh", "fish"} <= complete("completion", "")
    assert complete("serve", "--fixture", "sta") == complete("state", "import", "sta") == {"state.json"}
    assert complete("codes", "--account", "s") == set()


def test_bash_completes_what_follows_an_equals_sign(tmp_path):
    (tmp_path / "script").write_text(keyfob("completion", "bash"))
    assert bash(["serve", "--limits", "=", "re"], tmp_path) == {"relaxed"}
    assert bash(["serve", "--limits", "="], tmp_path) == {"aws", "relaxed"}


def commands(words=()):
    """Every command with what its --help says."""
    text = keyfob(*words, "--help")
    yield words, text
    listed = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.M)
    for name in re.findall(r"^  ([\w-]+)", listed[1], re.M) if listed else []:
        yield from commands((*words, name))


def test_the_manual_page_leaves_nothing_out():
    page = re.sub(r"\\f[BIR]", "", keyfob("man")).replace("\\-", "-")
    for words, text in commands():
        assert re.search(r"^(\.SS )?" + " ".join(["keyfob", *words]) + r"\b", page, re.M), words
        for option in re.findall(r"^ +(?:-h,)?(--[a-z-]+)", text, re.M):
            assert option == "--help" or option in page
        for variable in re.findall(r"Env:(\w+)", text):
            assert variable in page


def test_the_manual_page_is_good_roff(tmp_path):
    assert run("groff", "-man", "-ww", "-z", stdin=keyfob("man"), folder=tmp_path) == set()


def test_what_is_told_does_not_depend_on_the_environment(monkeypatch):
    page = keyfob("man")
    monkeypatch.setattr(keyfob_server, "clean_environment", lambda: {"KEYFOB_DATA": "/x", "KEYFOB_LIMITS": "relaxed"})
    assert keyfob("man") == page
