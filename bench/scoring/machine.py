"""The conditions of a measurement: without them a number cannot be reproduced."""

import os
import platform
import subprocess
from datetime import datetime, timezone


def git(top, *arguments):
    try:
        done = subprocess.run(["git", "-C", str(top), *arguments], capture_output=True, text=True, check=True)
        return done.stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def commit(top):
    """Twelve digits, with "-changed" if a tracked file differs from it; "unknown" outside git."""
    name = git(top, "rev-parse", "--short=12", "HEAD")
    if not name:
        return "unknown"
    return name + ("-changed" if git(top, "status", "--porcelain", "--untracked-files=no") else "")


def cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.machine()


def describe(top, build):
    return {"commit": commit(top), "cpu": cpu(), "cores": os.cpu_count(), "compiler": build.get("compiler"),
            "kernel": build.get("kernel"), "system": f"{platform.system()} {platform.release()}",
            "measured_at": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
