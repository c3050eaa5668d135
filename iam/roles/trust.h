// Whom a role trusts. As AWS does, the store keeps the users and roles of the role's own account by their
// unique ids: one that is deleted and created again under the same name isn't trusted, and one that is
// renamed still is (AWS's user guide, "AWS JSON policy elements: Principal"). Those of other accounts are
// kept by their ARNs, which AWS does otherwise.
#pragma once

#include <string>

#include "storage/tx.h"

namespace keyfob {

std::string trust_to_keep(ReadTx& tx, const std::string& document);  // ARNs to ids, of those that exist
std::string trust_to_show(ReadTx& tx, const std::string& document);  // ids to ARNs, of those that still exist

// The role with its trust policy as it is shown.
Role with_shown_trust(ReadTx& tx, Role role);

}  // namespace keyfob
