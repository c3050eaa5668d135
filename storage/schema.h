// The store's tables, and how a file of an older keyfob becomes one of this.
#pragma once

namespace keyfob {

class Database;

// Brings an open database to this version's schema, inside one transaction. Throws StoreError when the file
// is not keyfob's or was written by a newer keyfob; then nothing in it has changed.
void check_and_migrate(Database& database);

}  // namespace keyfob
