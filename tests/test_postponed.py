"""What SymPy need not import at once is imported when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEGIN = """
import sys
from verify.postponed import postpone
postpone()
from sympy.abc import x, y
x + y
assert "sympy.tensor.tensor" in sys.modules and "sympy.combinatorics.permutations" in sys.modules
assert "sympy.combinatorics.polyhedron" not in sys.modules
"""


@pytest.mark.parametrize(
    "asked",
    [
        "from sympy.combinatorics import Permutation, cube; assert cube.faces and Permutation([1, 0]).size == 2",
        "import sympy.combinatorics as c; assert c.RubikGroup and 'Polyhedron' in dir(c) and not hasattr(c, 'Cubes')",
        "from sympy.combinatorics import *; assert SymmetricGroup(3).order() == 6",
        "from sympy.combinatorics.polyhedron import cube; import sympy.combinatorics as c; assert c.cube is cube",
        "from sympy.combinatorics.named_groups import SymmetricGroup as S; assert S(4).order() == 24",
        "from sympy.tensor.tensor import TensorIndexType, tensor_indices; assert TensorIndexType('L')",
    ],
)
def test_it_is_all_there(asked: str) -> None:
    assert subprocess.run([sys.executable, "-c", f"{BEGIN}\n{asked}"]).returncode == 0
