// Requests into the whole emulator without a socket, answers compared to the byte where docs/aws has
// bytes.
#include "iam/request/service.h"

#include <string>

#include "tests/unit/emulator.h"

using namespace keyfob;

namespace {

const std::string kSerial = "arn:aws:iam::123456789012:mfa/phone";

// Without the request id, which is another each time.
std::string users(Emulator& emulator) {
  const auto body = emulator.iam("ListUsers").body;
  return body.substr(0, body.find("<ResponseMetadata>"));
}

void make_device(Emulator& emulator) {
  REQUIRE(emulator.iam("CreateUser&UserName=bob").status == 200);
  REQUIRE(emulator.iam("CreateVirtualMFADevice&VirtualMFADeviceName=phone").status == 200);
}

}  // namespace

TEST_CASE("an empty list has AWS's bytes (aws/wire.md#success-envelope)") {
  Emulator emulator;
  const auto reply = emulator.iam("ListMFADevices");
  const auto id = Emulator::between(reply.body, "<RequestId>", "</RequestId>");
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "text/xml");
  CHECK(reply.body ==
        "<ListMFADevicesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n"
        "  <ListMFADevicesResult>\n"
        "    <IsTruncated>false</IsTruncated>\n"
        "    <MFADevices/>\n"
        "  </ListMFADevicesResult>\n"
        "  <ResponseMetadata>\n"
        "    <RequestId>" +
            id +
            "</RequestId>\n"
            "  </ResponseMetadata>\n"
            "</ListMFADevicesResponse>\n");
  CHECK(reply.body.size() == 314);
  CHECK(reply.headers[0].second == id);
}

TEST_CASE("dispatch errors speak in their own namespace (aws/wire.md#dispatch)") {
  Emulator emulator;
  const auto reply = emulator.send("Action=NoSuchAction&Version=2010-05-08");
  CHECK(reply.status == 400);
  CHECK(reply.body.find("http://webservices.amazon.com/AWSFault/2005-15-09") != std::string::npos);
  CHECK(reply.body.find("Could not find operation NoSuchAction for version 2010-05-08") != std::string::npos);
  CHECK(emulator.send("Action=GetUser").body.find("for version NO_VERSION_SPECIFIED<") != std::string::npos);
  CHECK(emulator.send("Action=GetUser&Version=").body.find("for version <") != std::string::npos);
  CHECK(emulator.send("Version=2010-05-08").status == 302);
  CHECK(emulator.send("").status == 302);
  CHECK(emulator.send("Action=GetUser&Version=2010-05-08&x=%zz").status == 400);
}

TEST_CASE("violations are gathered, hidden values and all (aws/errors.md#validation-errors)") {
  Emulator emulator;
  CHECK(emulator.error("TagUser&UserName=bob&Tags.member.1.x=y") ==
        "400 ValidationError 2 validation errors detected: Value at 'tags.1.member.value' failed to satisfy "
        "constraint: Member must not be null; Value at 'tags.1.member.key' failed to satisfy constraint: "
        "Member must "
        "not be null");
  CHECK(emulator.error("CreateUser&UserName=a&Path=team") ==
        "400 ValidationError The specified value for path is invalid. It must begin and end with / and "
        "contain only "
        "alphanumeric characters and/or / characters.");
  CHECK(emulator.error("ListUsers&MaxItems=1001") ==
        "400 ValidationError 1 validation error detected: Value at 'maxItems' failed to satisfy constraint: "
        "Member "
        "must have value less than or equal to 1000");
  CHECK(emulator.error("ListUsers&MaxItems=%2B1").starts_with("200"));
  CHECK(emulator.error("ListUsers&MaxItems=1.0") == "400 MalformedInput ");
  CHECK(emulator.error("TagUser&UserName=bob&Tags.member.49.Key=a") ==
        "400 MalformedInput Excessively sparse input would skip 48 list elements");
}

TEST_CASE("a device's life: the order of checks and AWS's words (aws/devices.md)") {
  Emulator emulator;
  make_device(emulator);
  const auto enable = [&](const std::string& user, int first, int second) {
    return emulator.error("EnableMFADevice&UserName=" + user + emulator.codes(kSerial, first, second));
  };
  CHECK(enable("nobody", 0, 1) == "404 NoSuchEntity The user with name nobody cannot be found.");
  CHECK(enable("bob", 0, 0) == "403 InvalidAuthenticationCode Authentication code for device is not valid.");
  CHECK(enable("bob", 1, 0) == "403 InvalidAuthenticationCode Authentication code for device is not valid.");
  CHECK(enable("bob", -1000, -999) ==
        "403 InvalidAuthenticationCode Authentication code for device is not valid.");
  CHECK(enable("bob", 0, 1).starts_with("200"));
  CHECK(enable("BOB", 2, 3) == "409 EntityAlreadyExists MFA Device for user bob already exists.");
  CHECK(emulator.error("DeleteVirtualMFADevice&SerialNumber=" + kSerial) ==
        "409 DeleteConflict MFA VirtualDevice in use. Must deactivate first.");
  CHECK(emulator.error("DeleteUser&UserName=bob") ==
        "409 DeleteConflict Cannot delete entity, must remove tokens from principal first.");

  // The drift learned at enabling (one step ahead) is where a resync searches from, and a pair opens once.
  const auto resync = [&](int first, int second) {
    return emulator.error("ResyncMFADevice&UserName=bob" + emulator.codes(kSerial, first, second));
  };
  CHECK(resync(0, 1).starts_with("403"));
  CHECK(resync(1, 2).starts_with("403"));  // overlaps the accepted pair
  CHECK(resync(1001, 1002).starts_with("403"));
  CHECK(resync(1000, 1001).starts_with("200"));

  CHECK(emulator.error("DeactivateMFADevice&UserName=bob&SerialNumber=" + kSerial).starts_with("200"));
  CHECK(emulator.error("DeactivateMFADevice&UserName=bob&SerialNumber=" + kSerial) ==
        "404 NoSuchEntity MFA Device invalid for user.");
  CHECK(emulator.error("DeleteVirtualMFADevice&SerialNumber=" + kSerial).starts_with("200"));
  CHECK(emulator.error("DeleteVirtualMFADevice&SerialNumber=" + kSerial) ==
        "404 NoSuchEntity MFA Device with serial number " + kSerial + " does not exist.");
}

TEST_CASE("the ninth device of a user is one too many") {
  Emulator emulator;
  make_device(emulator);
  for (int i = 0; i < 9; ++i) {
    const auto name = "d" + std::to_string(i);
    REQUIRE(emulator.iam("CreateVirtualMFADevice&VirtualMFADeviceName=" + name).status == 200);
    const auto answer = emulator.error("EnableMFADevice&UserName=bob" +
                                       emulator.codes("arn:aws:iam::123456789012:mfa/" + name, 0, 1));
    if (i < 8) CHECK(answer.starts_with("200"));
    if (i == 8) CHECK(answer == "409 LimitExceeded Cannot exceed quota for MFADevicesPerUser: 8");
  }
}

TEST_CASE("pages follow one another without a gap, and a strange marker is refused (aws/pages.md)") {
  Emulator emulator;
  for (const auto* name : {"carol", "Alice", "bob"}) {
    REQUIRE(emulator.iam(std::string("CreateUser&UserName=") + name).status == 200);
  }
  const auto first = emulator.iam("ListUsers&MaxItems=2").body;
  CHECK(first.find("Alice") < first.find("bob"));
  const auto marker = Emulator::between(first, "<Marker>", "</Marker>");
  REQUIRE(!marker.empty());
  const auto second = emulator.iam("ListUsers&MaxItems=2&Marker=" + marker).body;
  CHECK(second.find("<UserName>carol</UserName>") != std::string::npos);
  CHECK(second.find("<IsTruncated>false</IsTruncated>") != std::string::npos);
  CHECK(emulator.error("ListUsers&Marker=AAAA") == "400 ValidationError Invalid Marker.");
  CHECK(emulator.error("ListVirtualMFADevices&Marker=" + marker) == "400 ValidationError Invalid Marker.");
}

TEST_CASE("a device's tag keys are case-sensitive, a user's are not (aws/tags.md)") {
  Emulator emulator;
  make_device(emulator);
  const std::string both =
      "&Tags.member.1.Key=team&Tags.member.1.Value=a&Tags.member.2.Key=Team&Tags.member.2.Value=b";
  CHECK(emulator.error("TagMFADevice&SerialNumber=" + kSerial + both).starts_with("200"));
  CHECK(emulator.error("TagUser&UserName=bob" + both) ==
        "400 InvalidInput Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  CHECK(emulator.error("TagUser&UserName=bob&Tags.member.1.Key=AWS:x&Tags.member.1.Value=") ==
        "400 InvalidInput Tag keys beginning with aws: are reserved for system use.");
}

TEST_CASE("accounts are sealed from each other") {
  Emulator emulator;
  make_device(emulator);
  CHECK(emulator.iam("GetUser&UserName=bob", "111122223333").status == 404);
  CHECK(emulator.iam("CreateUser&UserName=bob", "111122223333").status == 200);
}

TEST_CASE("a store that fails at any step keeps nothing of the call") {
  for (const std::string call :
       {"CreateVirtualMFADevice&VirtualMFADeviceName=x&Tags.member.1.Key=a&Tags.member.1.Value=b",
        "CreateUser&UserName=carol&Tags.member.1.Key=a&Tags.member.1.Value=b",
        "UpdateUser&UserName=bob&NewUserName=robert", "DeleteUser&UserName=bob"}) {
    bool failed = true;
    for (int fail_at = 1; failed; ++fail_at) {
      Emulator emulator;
      make_device(emulator);
      const auto before = users(emulator) + std::to_string(emulator.iam("ListVirtualMFADevices").body.size());
      int step = 0;
      emulator.store().before_each_step([&] {
        if (++step == fail_at) throw std::runtime_error("the disk is gone");
      });
      std::string cause;
      emulator.service().on_request = [&](const RequestRecord& record) { cause = record.cause; };
      const auto reply = emulator.iam(call);
      emulator.store().before_each_step({});
      failed = step >= fail_at;
      CHECK(reply.status == (failed ? 500 : 200));
      CHECK(cause == (failed ? "the disk is gone" : ""));  // for the log, not for the answer
      if (!failed) break;
      CHECK(reply.body.find("the disk is gone") == std::string::npos);
      CHECK(before == users(emulator) + std::to_string(emulator.iam("ListVirtualMFADevices").body.size()));
      REQUIRE(fail_at < 100);
    }
  }
}
