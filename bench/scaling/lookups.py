"""Lookups of filed items: FAISS's standard indexes, FAISS's search of our lists, and ours."""

import shutil

KINDS = ("echofold", "ivf_lists", "hash", "multihash", "ivf")


def measure(programs, tracks):
    files = programs.words(tracks)
    rows = []
    for kind in KINDS:
        folder = programs.work / f"index-{kind}"
        row = programs.run("bench_faiss_indexes", "build", kind, folder, *files)
        row.update(programs.run("bench_faiss_indexes", "search", kind, folder, *files))
        rows.append(row)
        shutil.rmtree(folder)
    return rows
