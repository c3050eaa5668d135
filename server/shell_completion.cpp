// All three scripts do the same: find the command among the words so far, and offer the values of the option
// before the cursor, or else the command's subcommands and options.
#include "server/shell_completion.h"

#include <algorithm>

namespace keyfob::server {
namespace {

// 'text' for a shell; fish, bash and zsh agree on everything but the quote inside.
std::string quoted(const std::string& text, const std::string& inner_quote = R"('\'')") {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? inner_quote : std::string(1, c);
  return result + "'";
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::vector<CommandOption> all_options(const Command& command) {
  auto options = command.options;
  options.insert(options.end(), command.inherited.begin(), command.inherited.end());
  return options;
}

// "clock" for "clock freeze", nothing for "clock".
std::string parent_of(const std::string& words) {
  const auto space = words.rfind(' ');
  return space == std::string::npos ? std::string() : words.substr(0, space);
}

std::string last_word(const std::string& words) { return words.substr(words.rfind(' ') + 1); }

std::vector<const Command*> subcommands(const std::vector<Command>& tree, const Command& command) {
  std::vector<const Command*> found;
  for (const auto& other : tree) {
    if (!other.words.empty() && parent_of(other.words) == command.words) found.push_back(&other);
  }
  return found;
}

// What a shell's `case` sees in "$command $word": a blank before every word.
std::string spaced(const std::string& words) { return words.empty() ? "" : " " + words; }

std::string command_patterns(const std::vector<Command>& tree) {
  std::vector<std::string> patterns;
  for (const auto& command : tree) {
    if (!command.words.empty()) patterns.push_back(quoted(spaced(command.words)));
  }
  return joined(patterns, " | ");
}

// The arms of a `case` over "$command $option" that complete the option's value.
template <class Complete>
std::string value_arms(const std::vector<Command>& tree, Complete complete) {
  std::string arms;
  for (const auto& command : tree) {
    for (const auto& option : all_options(command)) {
      if (option.name.empty() || option.value.empty()) continue;
      arms += "    " + quoted(spaced(command.words) + " " + option.name) + ") " + complete(option) +
              "return ;;\n";
    }
  }
  return arms;
}

bool takes_a_file(const Command& command) {
  return std::ranges::any_of(command.options,
                             [](const auto& option) { return option.name.empty() && option.is_file(); });
}

std::vector<std::string> bash_words(const std::vector<Command>& tree, const Command& command) {
  std::vector<std::string> words;
  for (const auto* sub : subcommands(tree, command)) words.push_back(last_word(sub->words));
  for (const auto& option : all_options(command)) {
    if (option.name.empty()) {
      words.insert(words.end(), option.choices.begin(), option.choices.end());
    } else {
      words.push_back(option.name);
    }
  }
  return words;
}

// What zsh's _describe takes: "word:what it is".
std::string zsh_entry(const std::string& word, const std::string& help) { return quoted(word + ":" + help); }

std::string zsh_entries(const std::vector<Command>& tree, const Command& command) {
  std::vector<std::string> entries;
  for (const auto* sub : subcommands(tree, command))
    entries.push_back(zsh_entry(last_word(sub->words), sub->help));
  for (const auto& option : all_options(command)) {
    if (!option.name.empty()) entries.push_back(zsh_entry(option.name, option.help));
    for (const auto& choice : option.name.empty() ? option.choices : std::vector<std::string>{})
      entries.push_back(zsh_entry(choice, option.help));
  }
  return joined(entries, "\n      ");
}

std::string fish_quoted(const std::string& text) { return quoted(text, R"(\')"); }

// The start of a line of fish: what follows is offered within that command.
std::string fish_line(const Command& command) {
  return "complete -c keyfob -n " + fish_quoted("test \"$(__keyfob_command)\" = \"" + command.words + "\"");
}

std::string fish_option(const Command& command, const CommandOption& option) {
  std::string line = fish_line(command);
  if (!option.name.empty()) {
    line += " -l " + option.name.substr(2);
    if (option.is_file()) {
      line += " -r -F";
    } else if (!option.value.empty()) {
      line += " -x";
    }
  } else if (option.is_file()) {
    line += " -F";
  }
  if (!option.choices.empty()) line += " -a " + fish_quoted(joined(option.choices, " "));
  return line + " -d " + fish_quoted(option.help) + "\n";
}

}  // namespace

std::string bash_completion(const std::vector<Command>& tree) {
  std::string script = R"(# Completion for bash, made by `keyfob completion bash`.
_keyfob() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i
  COMPREPLY=()
  # bash takes --option=value for three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case "$command ${COMP_WORDS[i]}" in
      )" + command_patterns(tree) +
                       R"() command+=" ${COMP_WORDS[i]}" ;;
    esac
  done
  case "$command $before" in
)";
  script += value_arms(tree, [](const CommandOption& option) -> std::string {
    if (option.is_file()) return "_keyfob_files \"$word\"; ";
    if (option.choices.empty()) return "";
    return "COMPREPLY=($(compgen -W " + quoted(joined(option.choices, " ")) + " -- \"$word\")); ";
  });
  script += "  esac\n  case $command in\n";
  for (const auto& command : tree) {
    script += "    " + quoted(spaced(command.words)) + ") COMPREPLY=($(compgen -W " +
              quoted(joined(bash_words(tree, command), " ")) + " -- \"$word\"))";
    if (takes_a_file(command)) script += "\n      [[ $word == -* ]] || _keyfob_files \"$word\"";
    script += " ;;\n";
  }
  return script + R"(  esac
}
_keyfob_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
}
complete -F _keyfob keyfob
)";
}

std::string zsh_completion(const std::vector<Command>& tree) {
  std::string script = R"(#compdef keyfob
# Completion for zsh, made by `keyfob completion zsh`.
_keyfob() {
  local command= word
  local -a entries
  for word in "${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
      ()" + command_patterns(tree) +
                       R"() command+=" $word" ;;
    esac
  done
  case "$command $words[CURRENT-1]" in
)";
  script += value_arms(tree, [](const CommandOption& option) -> std::string {
    if (option.is_file()) return "_files; ";
    return option.choices.empty() ? "" : "compadd -- " + joined(option.choices, " ") + "; ";
  });
  script += "  esac\n  case $command in\n";
  for (const auto& command : tree) {
    script += "    " + quoted(spaced(command.words)) + ") entries=(\n      " + zsh_entries(tree, command) +
              "\n    )";
    if (takes_a_file(command)) script += "; [[ $words[CURRENT] == -* ]] || _files";
    script += " ;;\n";
  }
  return script + R"(  esac
  _describe -t commands keyfob entries
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _keyfob "$@"
else
  compdef _keyfob keyfob
fi
)";
}

std::string fish_completion(const std::vector<Command>& tree) {
  std::vector<std::string> commands;
  for (const auto& command : tree) {
    if (!command.words.empty()) commands.push_back(fish_quoted(command.words));
  }
  std::string script = R"(# Completion for fish, made by `keyfob completion fish`.
function __keyfob_command
  set -l command
  for word in (commandline -opc)[2..-1]
    contains -- (string join ' ' -- $command $word) )" +
                       joined(commands, " ") + R"(
    and set -a command $word
  end
  string join ' ' -- $command
end
complete -c keyfob -f
)";
  for (const auto& command : tree) {
    for (const auto* sub : subcommands(tree, command)) {
      script += fish_line(command) + " -a " + last_word(sub->words) + " -d " + fish_quoted(sub->help) + "\n";
    }
    for (const auto& option : all_options(command)) script += fish_option(command, option);
  }
  return script;
}

}  // namespace keyfob::server
