// What uses a code or changes who may do what is done wholly or not at all, and once, however many ask.
#include <atomic>
#include <thread>

#include "protocol/query.h"
#include "server/control.h"
#include "tests/unit/emulator.h"

using namespace keyfob;

namespace {

const std::string kPhone = "arn:aws:iam::123456789012:mfa/phone";

std::string encoded(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    out.append({'%', kDigits[c / 16], kDigits[c % 16]});
  }
  return out;
}

std::string document(const std::string& statement) {
  return encoded(R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", )" + statement + "}}");
}

const std::string kTrust = document(
    R"("Principal": {"AWS": "123456789012"}, "Action": ["sts:AssumeRole", "sts:TagSession"],
       "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}})");
const std::string kAllow = document(R"("Action": ["iam:*", "sts:*"], "Resource": "*")");

// bob with a key, a password and a phone; a role that he may take with a code; policies count.
class Scene : public Emulator {
 public:
  Scene() : Emulator({.enforce_policies = true}) {
    do_as_root("CreateUser&UserName=bob");
    do_as_root("CreateLoginProfile&UserName=bob&Password=correct+horse");
    do_as_root("CreateVirtualMFADevice&VirtualMFADeviceName=phone");
    do_as_root("EnableMFADevice&UserName=bob" + codes(kPhone, -1, 0));
    do_as_root("PutUserPolicy&UserName=bob&PolicyName=all&PolicyDocument=" + kAllow);
    do_as_root("CreatePolicy&PolicyName=all&PolicyDocument=" + kAllow);
    do_as_root("CreateRole&RoleName=admin&AssumeRolePolicyDocument=" + kTrust);
    key_ = between(do_as_root("CreateAccessKey&UserName=bob"), "<AccessKeyId>", "</AccessKeyId>");
    code_ = code(kPhone, 0);
    claim_ = "&SerialNumber=" + kPhone + "&TokenCode=" + code_;
    // From here on the use of the key is noted: the calls that follow in this second don't note it again.
    REQUIRE(sts("GetCallerIdentity", key_).status == 200);
  }

  // With the one code that the phone shows now.
  HttpReply get_session_token() { return sts("GetSessionToken" + claim_, key_); }
  HttpReply assume_role(const std::string& more = {}) {
    return sts("AssumeRole&RoleArn=arn:aws:iam::123456789012:role/admin&RoleSessionName=work" + claim_ + more,
               key_);
  }
  HttpReply sign_in() {
    const HeaderField headers[] = {{"Host", "127.0.0.1"}, {"Content-Type", "application/json"}};
    const auto body = R"({"userName": "bob", "password": "correct horse", "code": ")" + code_ + "\"}";
    return control_.handle({.method = "POST",
                            .target = "/_keyfob/signin?account=123456789012",
                            .body = body,
                            .headers = headers,
                            .peer = {}});
  }

  std::string state() { return service().accounts().state(kAccount); }
  std::size_t sessions() {
    std::size_t count = 0;
    store().read(kAccount, [&](ReadTx& tx) { count = tx.sessions().size(); });
    return count;
  }
  std::int64_t tries() {
    std::int64_t count = 0;
    store().read(kAccount, [&](ReadTx& tx) {
      for (const auto& tries : tx.verifications()) count += tries.number;
    });
    return count;
  }
  const std::string& key() const { return key_; }

 private:
  std::string do_as_root(const std::string& call) {
    auto reply = iam(call);
    INFO(call << ": " << reply.body);
    REQUIRE(reply.status == 200);
    return std::move(reply.body);
  }

  std::string key_;
  std::string code_;
  std::string claim_;
  server::Metrics metrics_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> log_file_{std::tmpfile(), &std::fclose};
  server::Log log_{server::LogLevel::error, false, log_file_.get()};
  server::Guard guard_{{}};
  server::Control control_{service(), metrics_, guard_, log_};
};

// The same from several threads, all at once.
void in_threads(int threads, const std::function<void(int)>& work) {
  std::vector<std::thread> running;
  for (int number = 0; number < threads; ++number) running.emplace_back(work, number);
  for (auto& thread : running) thread.join();
}

constexpr int kThreads = 8;

}  // namespace

TEST_CASE("a store that fails at any step leaves no code used, no session and no half of a policy") {
  const std::string tags =
      "&Tags.member.1.Key=Team&Tags.member.1.Value=red&Tags.member.2.Key=Cost&Tags.member.2.Value=1";
  const std::pair<std::string, std::function<HttpReply(Scene&)>> calls[] = {
      {"GetSessionToken", [](Scene& scene) { return scene.get_session_token(); }},
      {"AssumeRole", [&](Scene& scene) { return scene.assume_role("&Policy=" + kAllow + tags); }},
      {"signing in", [](Scene& scene) { return scene.sign_in(); }},
      {"PutUserPolicy",
       [](Scene& scene) {
         return scene.iam("PutUserPolicy&UserName=bob&PolicyName=more&PolicyDocument=" + kAllow, scene.key());
       }},
      {"AttachUserPolicy",
       [](Scene& scene) {
         return scene.iam("AttachUserPolicy&UserName=bob&PolicyArn=arn:aws:iam::123456789012:policy/all");
       }},
      {"CreateRole",
       [&](Scene& scene) {
         return scene.iam("CreateRole&RoleName=x&AssumeRolePolicyDocument=" + kTrust + tags);
       }},
  };
  for (const auto& [name, call] : calls) {
    int fail_at = 0;
    for (bool failed = true; failed;) {
      Scene scene;
      const auto before = scene.state();
      int step = 0;
      ++fail_at;
      scene.store().before_each_step([&] {
        if (++step == fail_at) throw std::runtime_error("the disk is gone");
      });
      const auto reply = call(scene);
      scene.store().before_each_step({});
      failed = step >= fail_at;
      INFO(name << " with a store that fails at step " << fail_at << ": " << reply.body);
      CHECK(reply.status == (failed ? 500 : 200));
      CHECK(reply.body.find("the disk is gone") == std::string::npos);
      CHECK((scene.state() == before) == failed);
      if (failed) CHECK(call(scene).status == 200);  // with the very same code
      REQUIRE(fail_at < 200);
    }
    CHECK(fail_at > 3);
  }
}

TEST_CASE("threads that all have one code get one session of it") {
  const auto call = GENERATE(
      as<std::function<HttpReply(Scene&)>>{}, [](Scene& scene) { return scene.get_session_token(); },
      [](Scene& scene) { return scene.assume_role(); }, [](Scene& scene) { return scene.sign_in(); });
  Scene scene;
  std::atomic<int> taken{0};
  in_threads(kThreads, [&](int) { taken += call(scene).status == 200; });
  CHECK(taken == 1);
  CHECK(scene.sessions() == 1);
  CHECK(scene.tries() == kThreads);
}

TEST_CASE("calls, policies, states and clocks from many threads do not disturb each other") {
  constexpr int kRounds = 10;
  Scene scene;
  const auto session = scene.get_session_token();
  REQUIRE(session.status == 200);
  std::atomic<int> created{0};
  in_threads(kThreads, [&](int thread) {
    for (int round = 0; round < kRounds; ++round) {
      const auto name = "t" + std::to_string(thread) + "-" + std::to_string(round);
      created += scene.iam("CreateRole&RoleName=" + name + "&AssumeRolePolicyDocument=" + kTrust, scene.key())
                     .status == 200;
      // Each text is compiled again: the cache of compiled policies changes hands as well.
      const auto own = document(R"("Action": "iam:*", "Resource": "*", "Sid": ")" +
                                std::to_string(thread * kRounds + round) + "\"");
      scene.iam("PutUserPolicy&UserName=bob&PolicyName=" + name + "&PolicyDocument=" + own);
      scene.iam("DeleteUserPolicy&UserName=bob&PolicyName=" + name);
      scene.advance(std::chrono::seconds{1});
      scene.state();
      scene.service().journal().latest(kAccount, "CreateRole", 5);
    }
  });
  CHECK(created == kThreads * kRounds);
  std::int64_t roles = 0;
  scene.store().read(kAccount, [&](ReadTx& tx) { roles = tx.count_roles(); });
  CHECK(roles == kThreads * kRounds + 1);
}
