// Brings a library of an older format up to the newest (docs/FORMAT.md). Private to the store.
#pragma once

#include "index/store/write_transaction.h"

namespace echofold {

/// Makes the databases that the library lacks, in the transaction that raises its format.
/// @return all databases, to be used once this is committed
Databases upgrade(WriteTransaction& transaction);

}  // namespace echofold
