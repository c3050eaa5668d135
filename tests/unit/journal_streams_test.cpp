#include "server/journal_streams.h"

#include "tests/catch.h"

using namespace keyfob;
using namespace keyfob::server;

namespace {

// A client that takes so many texts, and then has gone.
struct Client final : EventStream {
  explicit Client(std::size_t most = 1000) : patience(most) {}

  bool send(std::string_view text) override {
    if (texts.size() == patience) return false;
    if (!text.empty()) texts.emplace_back(text);
    return true;
  }
  void close() override {}

  std::size_t patience;
  std::vector<std::string> texts;
};

constexpr AccountId kOurs{111122223333};
constexpr AccountId kTheirs{444455556666};

JournalEntry entry(std::string action) {
  return {.time = {},
          .request_id = "id",
          .action = std::move(action),
          .caller_arn = {},
          .parameters = {},
          .status = 200,
          .error_code = {}};
}

}  // namespace

TEST_CASE("A reader of the journal hears of its account and its action") {
  JournalStreams streams;
  const auto all = std::make_shared<Client>();
  const auto some = std::make_shared<Client>();
  streams.add(kOurs, "", all);
  streams.add(kOurs, "GetUser", some);
  streams.publish(kOurs, entry("ListUsers"));
  streams.publish(kOurs, entry("GetUser"));
  streams.publish(kTheirs, entry("GetUser"));

  CHECK(some->texts ==
        std::vector<std::string>{
            ": following\n\n",
            "data: {\"time\":\"1970-01-01T00:00:00Z\",\"requestId\":\"id\",\"action\":\"GetUser\","
            "\"parameters\":{},\"status\":200,\"milliseconds\":0E0}\n\n"});
  CHECK(all->texts.size() == 3);
}

TEST_CASE("A reader of the journal that has gone is forgotten") {
  JournalStreams streams;
  const auto client = std::make_shared<Client>(2);
  streams.add(kOurs, "", client);

  SECTION("when there is something to tell") {
    streams.publish(kOurs, entry("GetUser"));
    streams.publish(kOurs, entry("GetUser"));
  }
  SECTION("when another comes") {
    client->patience = 1;
    streams.add(kTheirs, "", std::make_shared<Client>());
  }
  CHECK(client.use_count() == 1);
}

TEST_CASE("Of too many readers of the journal the first has to go") {
  JournalStreams streams;
  std::vector<std::shared_ptr<Client>> clients;
  for (std::size_t i = 0; i <= JournalStreams::kMost; ++i) {
    clients.push_back(std::make_shared<Client>());
    streams.add(kOurs, "", clients.back());
  }
  streams.publish(kOurs, entry("GetUser"));
  CHECK(clients.front()->texts.size() == 1);
  CHECK(clients[1]->texts.size() == 2);
  CHECK(clients.back()->texts.size() == 2);
}
