"""Ground floor: what all stages share. Needs torch, transformers and pyarrow only.

Importing it comes before importing any large library, in every stage and every worker, so this is the place where
libraries are told not to report home, not to draw progress bars of their own, and not to burn a core while a
thread waits for another: with more runnable threads than cores, spinning slows torch tenfold. GNU's OpenMP spins for a
few microseconds only: on two free cores a step of ICT then takes three quarters of what it takes with threads that
sleep at once, and beside another such process a tenth more.
"""

import os

_LIBRARY_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "GX_ANALYTICS_ENABLED": "False",
    "DVC_NO_ANALYTICS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "true",
    "OMP_WAIT_POLICY": "passive",
}

if "OMP_WAIT_POLICY" not in os.environ:  # else it is the user who says how threads wait
    _LIBRARY_SETTINGS["GOMP_SPINCOUNT"] = "500"

for _name, _value in _LIBRARY_SETTINGS.items():
    os.environ.setdefault(_name, _value)
