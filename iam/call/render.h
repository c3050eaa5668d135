// Structures that several operations answer with, in the order of elements that AWS writes
// (aws/wire.md#success-envelope).
#pragma once

#include <span>

#include "iam/call/listed.h"
#include "protocol/xml.h"
#include "storage/records.h"

namespace keyfob {

// CreateUser's, GetUser's and ListUsers' members, into `element`. Root has no path and no name
// (aws/users.md#getuser).
void render_user(XmlElement element, AccountId account, const User& user);
void render_user_identity(XmlElement element, AccountId account, const User& user);  // without last use
void render_root(XmlElement element, const Account& account);
void render_group(XmlElement element, AccountId account, const Group& group);
// `Groups`.
struct GroupList {
  AccountId account;
  List<Group> groups;
};
void render_groups(XmlElement result, const GroupList& list);
// `PermissionsBoundary`, when there is one.
void render_boundary(XmlElement element, const std::optional<std::string>& boundary);
// `Tags`, with its members; a self-closed element when there are none.
void render_tags(XmlElement element, std::span<const Tag> tags);
void render_tag(XmlElement list, const Tag& tag);  // one member

}  // namespace keyfob
