// Updates the databases of classes together with the records. Private to the store.
#pragma once

#include "index/model/record.h"
#include "index/store/write_transaction.h"

namespace echofold {

/// Adds the track to its class, or takes it out. Does nothing in a library without these databases, and for a track
/// without a fingerprint.
void add_to_class(WriteTransaction& transaction, const TrackRecord& record);
void remove_from_class(WriteTransaction& transaction, const TrackRecord& record);

/// Fills both databases, which must be empty, from the records of all tracks.
void fill_classes(WriteTransaction& transaction, const Databases& databases);

}  // namespace echofold
