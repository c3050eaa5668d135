#include "iam/reports/credential_report.h"

#include <algorithm>

#include "iam/call/listed.h"
#include "iam/call/lookup.h"
#include "iam/call/names.h"

namespace keyfob {
namespace {

constexpr std::string_view kHeader =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_"
    "rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
    "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_"
    "rotated,"
    "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
    "cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
constexpr std::string_view kNone = "N/A";

class Line {
 public:
  Line& add(std::string_view field) {
    if (!text_.empty()) text_ += ',';
    // A name or path may have them. That AWS quotes as RFC 4180 does is a guess.
    if (field.find_first_of(",\"") == field.npos) {
      text_ += field;
      return *this;
    }
    text_ += '"';
    for (const char c : field) text_.append(c == '"' ? 2 : 1, c);
    text_ += '"';
    return *this;
  }
  Line& add_flag(bool value) { return add(std::string_view(value ? "true" : "false")); }
  Line& add(const std::optional<Instant>& at, std::string_view otherwise) {
    return at ? add(std::string_view(to_iso8601(*at))) : add(otherwise);
  }
  std::string take() { return std::string("\n").append(text_); }

 private:
  std::string text_;
};

void add_key(Line& line, const AccessKey* key) {
  if (key == nullptr) {
    line.add_flag(false).add(kNone).add(kNone).add(kNone).add(kNone);
    return;
  }
  line.add_flag(key->active).add(key->created, kNone).add(key->last_used, kNone);
  line.add(key->last_used ? std::string_view(key->last_used_region) : kNone);
  line.add(key->last_used ? std::string_view(key->last_used_service) : kNone);
}

void add_certificates(Line& line) { line.add_flag(false).add(kNone).add_flag(false).add(kNone); }

std::string root_line(const ReadCall& call) {
  const auto account = account_of(call);
  Line line;
  line.add("<root_account>").add(root_arn(account.id)).add(account.created, kNone);
  line.add("not_supported").add(account.root_password_last_used, "no_information");
  line.add("not_supported").add("not_supported").add_flag(call.tx.count_devices_of(account.id.str()) > 0);
  add_key(line, nullptr);
  add_key(line, nullptr);
  add_certificates(line);
  return line.take();
}

std::string user_line(const ReadCall& call, const User& user) {
  const auto profile = call.tx.login_profile(user.user_id);
  auto keys = call.tx.access_keys_of(user.user_id);
  // An active key comes before an older inactive one.
  std::ranges::stable_sort(keys,
                           [](const AccessKey& a, const AccessKey& b) { return a.active && !b.active; });

  Line line;
  line.add(user.name)
      .add(user_arn(call.account(), user))
      .add(user.created, kNone)
      .add_flag(profile.has_value());
  line.add(user.password_last_used, profile ? "no_information" : kNone);
  line.add(profile ? std::optional(profile->password_changed) : std::nullopt, kNone).add(kNone);
  line.add_flag(call.tx.count_devices_of(user.user_id) > 0);
  add_key(line, !keys.empty() ? &keys[0] : nullptr);
  add_key(line, keys.size() > 1 ? &keys[1] : nullptr);
  add_certificates(line);
  return line.take();
}

}  // namespace

bool is_expired(const CredentialReport& report, Instant now) {
  return now >= report.requested + std::chrono::hours{4};
}

std::string credential_report_csv(const ReadCall& call) {
  std::string csv(kHeader);
  csv += root_line(call);
  for_each_of([&](const std::string& after, std::size_t limit) { return call.tx.users("/", after, limit); },
              [&](const User& user) { csv += user_line(call, user); });
  return csv;
}

}  // namespace keyfob
