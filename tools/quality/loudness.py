"""How loud the whole is, its highest peak, and how far loud and quiet lie apart."""

from tools.quality.limits import LoudnessLimits
from tools.quality.plan import Plan
from tools.quality.report import Finding
from tools.quality.sound import Metered


def target_lufs(plan: Plan, limits: LoudnessLimits) -> float:
    """What the whole is to be: that of its standard, or so far below as the cut wants it."""
    return limits.targets[plan.standard] + plan.under_db


def find_loudness(metered: Metered, plan: Plan, limits: LoudnessLimits) -> list[Finding]:
    """Against the target of the plan's standard; what is silent has no loudness."""
    target = target_lufs(plan, limits)
    lufs, peak = metered.integrated_lufs, metered.peak_dbtp
    found = []
    if lufs > limits.silent_lufs and abs(lufs - target) > limits.tolerance_lu + 1e-6:
        found.append(
            Finding(check="loudness", light="RED", message=f"{lufs:.1f} LUFS instead of {target:.1f}")
        )
    if peak > limits.peak_dbtp + 1e-6:
        found.append(
            Finding(check="peak", light="RED",
                    message=f"true peak {peak:.1f} dBTP, at most {limits.peak_dbtp:.1f} allowed")
        )  # fmt: skip
    # Of less than a minute there are too few values to speak of a range.
    if metered.range_lu > limits.range_lu + 1e-6 and plan.duration_s >= limits.range_least_s:
        found.append(
            Finding(check="range", light="YELLOW",
                    message=f"loudness range {metered.range_lu:.1f} LU, more than {limits.range_lu:.0f}")
        )  # fmt: skip
    return found
