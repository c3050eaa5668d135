// The store's tables, and how a file of an older keyfob becomes one of this.
#pragma once

namespace keyfob::sqlite {

class Connection;

// Brings an open database to this version's schema, inside one transaction. Throws StoreError when the file
// is not keyfob's or was written by a newer keyfob; then nothing in it has changed.
void check_and_migrate(Connection& connection);

// What lives in memory beside the file, as long as the connection: the list of snapshots.
void make_temporary_tables(Connection& connection);

}  // namespace keyfob::sqlite
