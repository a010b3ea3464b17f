"""Runs made by hand, with one of everything that a report may have to show."""

from __future__ import annotations

from verify.model import (
    DerivationResult,
    Diagnosis,
    Evidence,
    Judgement,
    LoadError,
    ProofRecord,
    Relation,
    Run,
    Standing,
    StartResult,
    StepResult,
    Verdict,
    Witness,
)

POINT = {"n": "2", "d": "1", "V_c": "(1)", "U": "((0), (1))", "o": "1"}
NUMERIC = Evidence("balls", Verdict.SUPPORTED, "20 points, 40 digits", "n = 4, d = 3", seconds=0.21)
PROOF = ProofRecord(
    "exp(x)**2",
    "exp(2*x)",
    ("x", "exp(x)"),
    ("sqrt(y)**2 = y",),
    ("1 + e⁻ˣ ≠ 0",),
    "exp(x)**2",
    ("exp(x)**2", "exp(2*x)", "exp(x)**2"),
)
SYMBOLIC = Evidence(
    "normal",
    Verdict.PROVED,
    "lhs − rhs is zero in canonical form",
    "all n, d",
    ("1 + e⁻ˣ ≠ 0",),
    seconds=0.001,
    proofs=(PROOF,),
)


def judged(
    verdict: Verdict,
    *,
    scope: str = "",
    reason: str = "",
    conditions: tuple[str, ...] = (),
    witness: Witness | None = None,
) -> Judgement:
    """A judgement with evidence that fits it."""
    if verdict is Verdict.REFUTED:
        evidence: tuple[Evidence, ...] = (
            Evidence("balls", verdict, "the balls do not meet", witness=witness, seconds=0.02),
        )
    elif verdict is Verdict.CONFLICT:
        evidence = (SYMBOLIC, Evidence("balls", Verdict.REFUTED, "the balls do not meet", witness=witness))
    elif verdict is Verdict.UNDECIDED:
        evidence = (Evidence("normal", verdict, "unknown function: zeta|2"),)
    else:
        evidence = (SYMBOLIC, NUMERIC) if verdict is Verdict.PROVED else (NUMERIC,)
    return Judgement(verdict, scope, conditions, witness, reason, evidence)


def step(
    tag: str,
    latex: str,
    verdict: Verdict = Verdict.PROVED,
    standing: Standing = Standing.SOUND,
    *,
    relation: Relation = Relation.EQ,
    scope: str = "",
    reason: str = "",
    witness: Witness | None = None,
    conditions: tuple[str, ...] = (),
    from_start: Verdict | None = Verdict.PROVED,
    since: str = "",
    lhs: str = "f(x)",
    rhs: str = "g(x)",
    erratum: str = "",
    acknowledged: bool = False,
    stale: bool = False,
    diagnoses: tuple[Diagnosis, ...] = (),
    line: int = 10,
    justification: str = "",
) -> StepResult:
    """A step; what is not given is as in a step that is proved."""
    return StepResult(
        tag=tag,
        line=line,
        relation=relation,
        latex=latex,
        lhs=lhs,
        rhs=rhs,
        judgement=judged(verdict, scope=scope, reason=reason, conditions=conditions, witness=witness),
        from_start=judged(from_start) if from_start else None,
        standing=standing,
        since=since,
        justification=justification,
        erratum=erratum,
        acknowledged=acknowledged,
        stale_erratum=stale,
        diagnoses=diagnoses,
    )


def derivation(
    id: str,
    title: str,
    *steps: StepResult,
    source: str = "eq. (1)",
    start: StartResult | None = None,
    remarks: tuple[str, ...] = (),
    givens: tuple[str, ...] = (),
    file: str = "derivations/sample.py",
) -> DerivationResult:
    """A derivation with the given steps."""
    return DerivationResult(id, title, source, file, 3, remarks, givens, start, steps)


CENTER = derivation(
    "naive-softmax-center",
    "Gradient for the centre vector",
    step(
        "4.1",
        r"-\frac{\partial}{\partial V_c}\left(-\log\left("
        r"\frac{e^{U_o^\top V_c}}{\sum_\omega e^{U_\omega^\top V_c}}\right)\right)",
        Verdict.REFUTED,
        Standing.OWN_SLIP,
        from_start=Verdict.REFUTED,
        since="4.1",
        line=21,
        witness=Witness(POINT, "-0.7310585786…", "0.7310585786…", "component 1"),
        lhs="Derivative(-log(exp(dot(U[o], V_c))/Sum(exp(dot(U[k], V_c)), k)), V_c)",
        rhs="-Derivative(…)",
        erratum="J is −log already: one minus too many",
        acknowledged=True,
        diagnoses=(
            Diagnosis(
                "sign",
                "J is −log already; one minus too many.",
                "Derivative(-log(P(o)), V_c)",
                r"\frac{\partial}{\partial V_c}\left(-\log P(o)\right)",
                Verdict.PROVED,
                wrong="-Derivative(…)",
                spans=((0, 1),),
                repair_scope="all n, d",
            ),
        ),
    ),
    step(
        "4.2",
        r"\frac{\partial}{\partial V_c}\left(-U_o^\top V_c + \log\sum_\omega e^{U_\omega^\top V_c}\right)",
        Verdict.REFUTED,
        Standing.CANCELS,
        since="4.1",
        acknowledged=True,
        line=25,
        witness=Witness(POINT, "0.7310585786…", "-0.7310585786…"),
    ),
    step(
        "4.3",
        r"-U_o + \frac{1}{\sum_\omega e^{U_\omega^\top V_c}} \cdot "
        r"\sum_\omega \frac{\partial}{\partial V_c}\left(e^{U_\omega^\top V_c}\right)",
        scope="all n, d",
        line=28,
    ),
    step("4.6", r"\sum_k P(k \mid c)\, U_k - U_o", scope="all n, d", line=31),
    step(
        "4.7",
        r"\sum_k \hat{y}_k U_k - U_o",
        Verdict.SUPPORTED,
        scope="n = 4, d = 3",
        reason="20 points, 40 digits",
        line=33,
    ),
    source="eq. (4)",
    start=StartResult("4.0", r"\frac{\partial J_{\text{naive}}}{\partial V_c}", "Derivative(J, V_c)"),
    givens=("n ≥ 1 integer", "d ≥ 1 integer", "V_c ∈ ℝᵈ", "U ∈ ℝⁿˣᵈ", "o ∈ Ω"),
    remarks=("The sign is lost twice, so the result stands.", "אבל גם כאן קיבלנו…"),
    file="derivations/softmax.py",
)

SIGMOID = derivation(
    "sigmoid-derivative",
    "The derivative of the sigmoid",
    step("6.1", r"\frac{\partial}{\partial x}\left(\frac{1}{1+e^{-x}}\right)", scope="all x"),
    step(
        "6.2",
        r"-\frac{(1+e^{-x})^{-2}\cdot(-e^{-x})}{(1+e^{-x})^2}",
        Verdict.REFUTED,
        Standing.OWN_SLIP,
        from_start=Verdict.REFUTED,
        since="6.2",
        witness=Witness({"x": "0"}, "1/4", "1/16"),
        line=17,
        diagnoses=(
            Diagnosis(
                "extra-factor",
                r"The factor $(1+e^{-x})^{-2}$ is one too many.",
                "exp(-x)/(1 + exp(-x))**2",
                r"-\frac{1\cdot(-e^{-x})}{(1+e^{-x})^2}",
                Verdict.SUPPORTED,
                "(1 + exp(-x))**(-2)",
                ((7, 22),),
                transcription="Perhaps the scan took a fraction's line for a minus.",
            ),
        ),
    ),
    step(
        "6.3",
        r"\frac{e^{-x}}{(1+e^{-x})^2}",
        Verdict.REFUTED,
        Standing.CANCELS,
        since="6.2",
        witness=Witness({"x": "-1/2"}, "0.0553…", "0.2350…"),
        line=20,
    ),
    step("6.4", r"\sigma(x)\cdot\frac{e^{-x}}{1+e^{-x}}", scope="all x", justification="the definition of σ"),
    step(
        "6.6",
        r"\sigma(x)(1-\sigma(x))",
        scope="all x",
        conditions=("1 + e⁻ˣ ≠ 0",),
        erratum="a factor is missing",
        stale=True,
    ),
    source="eq. (6)",
    start=StartResult("6.0", r"\sigma'(x)", "Derivative(sigmoid(x), x)"),
    givens=("x real",),
)

LIKELIHOOD = derivation(
    "skip-gram-likelihood-as-printed",
    "Counting is maximum likelihood",
    step(
        "M.1",
        r"\operatorname*{arg\,max}_\theta \prod_t\prod_{-m\le j\le m,\; j\ne 0} p(w_{t+j}\mid w_t)^{\#(w_{t+j},w_t)}",
        Verdict.REFUTED,
        Standing.OWN_SLIP,
        relation=Relation.SAME_MAXIMISERS,
        from_start=Verdict.REFUTED,
        since="M.1",
        witness=Witness({"corpus": "a a b"}, "p(a|a) = 1/2", "p(a|a) = 4/5", "maximisers"),
    ),
    step(
        "M.2",
        r"\arg\max_\theta \sum_t\sum_j \#(w_{t+j},w_t)\log p(w_{t+j}\mid w_t)",
        standing=Standing.CARRIED,
        relation=Relation.SAME_MAXIMISERS,
        from_start=Verdict.REFUTED,
        since="M.1",
        scope="all sizes",
    ),
    step(
        "M.4",
        r"\arg\max_{\theta,\lambda}\left[\sum \# \log p\right]-\lambda\left(\sum p-1\right)",
        Verdict.UNDECIDED,
        Standing.UNKNOWN,
        relation=Relation.SAME_MAXIMISERS,
        from_start=None,
        reason="time limit of 10 s reached",
    ),
    step(
        "M.6",
        r"p(o|c)=\frac{\#(o,c)}{\lambda}",
        Verdict.REFUTED,
        Standing.OWN_SLIP,
        relation=Relation.IMPLIES,
        from_start=None,
        witness=Witness({"λ": "0", "p": "1"}, "true", "false"),
    ),
    source="part 2",
    start=StartResult("M.0", r"\operatorname*{arg\,max}_\theta L(\theta)", "ArgMax(L, theta)"),
)

RELU = derivation(
    "relu-similarity",
    "What relu does to similarity",
    step("R.1", r"\mathrm{relu}(x)=\max(0,x)\ge 0", relation=Relation.GE, lhs="Max(0, x)", rhs="0", from_start=None),
    step("R.5", r"\mathrm{sigmoid}(0)=0.5", lhs="sigmoid(0)", rhs="1/2", from_start=None),
    step(
        "R.7",
        r"\mathrm{relu}(x_1)^\top \mathrm{relu}(x_2) \ge 0 \iff \text{the same signs}",
        Verdict.REFUTED,
        Standing.OWN_SLIP,
        relation=Relation.IFF,
        from_start=None,
        witness=Witness({"d": "1", "x_1": "(-1)", "x_2": "(1)"}, "true", "false"),
    ),
    step(
        "R.9",
        r"x_1^\top x_2 > 0 \iff x_1, x_2 \text{ have the same signs}",
        Verdict.UNDECIDED,
        Standing.UNKNOWN,
        relation=Relation.IFF,
        from_start=None,
        reason="no check covers propositions over all d",
    ),
    source="",
    givens=("x ∈ ℝᵈ",),
)

HOSTILE = derivation(
    "hostile",
    "[red]Markup[/red] & 100% of $x_1$ | <b>#*_`~^\\{}",
    step("H.1", r"\input{/etc/passwd}", Verdict.VACUOUS, Standing.UNKNOWN, reason="x > 0 and x < 0", from_start=None),
    step(
        "H.2",
        r"\frac{1}{2",
        Verdict.CONFLICT,
        Standing.UNKNOWN,
        from_start=None,
        witness=Witness({"x_[1]": "1|2"}, "[bold]1[/bold]", "2"),
    ),
    step("H|3", r"\begin{cases} a & |b| \\ c_1", reason="", scope="x_1 > 0 | y"),
    step(
        "H.4",
        r"|x| \le \|y\| \text{ for 100\% of $x$}",
        relation=Relation.LE,
        scope="[link=x]all[/link]",
        erratum="a `stale` one",
        stale=True,
        lhs="Abs(x)|`",
        rhs="```",
    ),
    source="p. 3 [see *notes*]",
    start=StartResult("H.0", "\\write18{rm}\x1b[31m", "x"),
    remarks=(
        "[bold]ESC \x1b[31m and \u202eoverride",
        "לקחת לוגריתם: ŷ ≤ ∞, λ′ ≠ Ω ⇒ ”ok“",
        "# no heading\n* no list\n> no quote",
    ),
    givens=("x_1 ∈ ℝ",),
)

RICH = Run(
    "verify 0.1.0",
    7,
    (CENTER, SIGMOID, LIKELIHOOD, RELU, HOSTILE),
    (LoadError("derivations/broken.py", 12, "V_c + 1: a vector and a number cannot be added [d] and [1]"),),
    1.0625,
)
CLEAN = Run(
    "verify 0.1.0",
    7,
    (derivation("ok", "All is well", step("1.1", "x"), step("1.2", "y"), start=StartResult("1.0", "z", "z")),),
    (),
    0.04,
)
EMPTY = Run("verify 0.1.0", 7, ())
