"""The LaTeX macros that the reports know: what they look like, how they are spaced, what arguments they take.

Only what is listed here is ever typeset. Everything else in an author's LaTeX (``\\input``, ``\\write18``, a
private macro, a typing error) is shown verbatim, so that no line can run anything or break a document.
"""

from __future__ import annotations

# Classes of symbols, after TeX's own: they decide the spaces around a symbol in one-line text.
ORD, WORD, BIG, BIN, REL, OPEN, CLOSE, PUNCT, SPACE = (
    "ord",
    "word",
    "big",
    "bin",
    "rel",
    "open",
    "close",
    "punct",
    "space",
)


def _table(cls: str, entries: str) -> dict[str, tuple[str, str]]:
    pairs = (entry.split("=", 1) for entry in entries.split())
    return {name: (char, cls) for name, char in pairs}


SYMBOLS: dict[str, tuple[str, str]] = {
    **_table(
        ORD,
        "alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ "
        "lambda=λ mu=μ nu=ν xi=ξ pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ "
        "chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω "
        "partial=∂ nabla=∇ infty=∞ hbar=ℏ ell=ℓ Re=ℜ Im=ℑ aleph=ℵ wp=℘ imath=ı jmath=ȷ emptyset=∅ varnothing=∅ "
        "forall=∀ exists=∃ nexists=∄ neg=¬ lnot=¬ top=⊤ bot=⊥ prime=′ angle=∠ triangle=△ square=□ checkmark=✓ "
        "dots=… ldots=… dotsc=… cdots=⋯ dotsb=⋯ vdots=⋮ ddots=⋱ dagger=† S=§ P=¶ backslash=\\ surd=√ "
        "%=% &=& #=# _=_ $=$",
    ),
    **_table(
        BIN,
        "pm=± mp=∓ times=× div=÷ cdot=· ast=∗ star=⋆ circ=∘ bullet=• oplus=⊕ ominus=⊖ otimes=⊗ odot=⊙ cap=∩ cup=∪ "
        "wedge=∧ land=∧ vee=∨ lor=∨ setminus=∖ bmod=mod",
    ),
    **_table(
        REL,
        "le=≤ leq=≤ leqslant=≤ ge=≥ geq=≥ geqslant=≥ ne=≠ neq=≠ lt=< gt=> ll=≪ gg=≫ equiv=≡ sim=∼ simeq=≃ approx=≈ "
        "cong=≅ propto=∝ in=∈ notin=∉ ni=∋ subset=⊂ supset=⊃ subseteq=⊆ supseteq=⊇ mid=| nmid=∤ parallel=∥ perp=⊥ "
        "to=→ rightarrow=→ leftarrow=← gets=← leftrightarrow=↔ longrightarrow=⟶ mapsto=↦ Rightarrow=⇒ implies=⟹ "
        "Longrightarrow=⟹ Leftarrow=⇐ impliedby=⟸ Leftrightarrow=⇔ iff=⟺ Longleftrightarrow=⟺ vdash=⊢ models=⊨ "
        "triangleq=≜ doteq=≐ prec=≺ succ=≻ preceq=⪯ succeq=⪰ uparrow=↑ downarrow=↓ therefore=∴ because=∵",
    ),
    **_table(BIG, "sum=Σ prod=Π coprod=∐ int=∫ iint=∬ iiint=∭ oint=∮ bigcup=⋃ bigcap=⋂ bigoplus=⨁ bigotimes=⨂ "
                  "bigwedge=⋀ bigvee=⋁"),
    **_table(OPEN, "lbrace={ {={ lbrack=[ langle=⟨ lvert=| lVert=‖ lfloor=⌊ lceil=⌈"),
    **_table(CLOSE, "rbrace=} }=} rbrack=] rangle=⟩ rvert=| rVert=‖ rfloor=⌋ rceil=⌉"),
    **_table(PUNCT, "colon=:"),
    **_table(ORD, "|=‖ vert=| Vert=‖"),
    **_table(
        WORD,
        "log=log ln=ln lg=lg exp=exp sin=sin cos=cos tan=tan cot=cot sec=sec csc=csc sinh=sinh cosh=cosh tanh=tanh "
        "coth=coth arcsin=arcsin arccos=arccos arctan=arctan max=max min=min sup=sup inf=inf lim=lim det=det "
        "dim=dim ker=ker arg=arg gcd=gcd deg=deg hom=hom Pr=Pr",
    ),
    "limsup": ("lim sup", WORD),
    "liminf": ("lim inf", WORD),
    **dict.fromkeys((" ", ",", ":", ";", ">", "quad", "qquad", "thinspace", "enspace", "enskip"), (" ", SPACE)),
    "!": ("", SPACE),
    "/": ("", SPACE),
}  # fmt: skip

WRONG = "verifierwrong"  # our own: what is in it is the wrong part of a line

# How many arguments a command takes: m mathematics, o optional mathematics in [], t plain text in {}.
COMMANDS: dict[str, str] = {
    "frac": "mm", "dfrac": "mm", "tfrac": "mm", "cfrac": "mm", "binom": "mm", "dbinom": "mm", "tbinom": "mm",
    "sqrt": "om", "text": "t", "textrm": "t", "textit": "t", "textbf": "t", "texttt": "t", "textsf": "t", "mbox": "t",
    "textnormal": "t", "mathrm": "m", "mathbf": "m", "mathit": "m", "mathsf": "m", "mathtt": "m", "mathbb": "m",
    "mathcal": "m", "mathscr": "m", "mathfrak": "m", "boldsymbol": "m", "bm": "m", "operatorname": "m", "mathop": "m",
    "mathbin": "m", "mathrel": "m", "mathord": "m", "hat": "m", "widehat": "m", "bar": "m", "overline": "m",
    "tilde": "m", "widetilde": "m", "vec": "m", "overrightarrow": "m", "dot": "m", "ddot": "m", "check": "m",
    "breve": "m", "acute": "m", "grave": "m", "underline": "m", "underbrace": "m", "overbrace": "m", "boxed": "m",
    "cancel": "m", "underset": "mm", "overset": "mm", "stackrel": "mm", "xrightarrow": "om", "xleftarrow": "om",
    "pmod": "m", "phantom": "m", "hphantom": "m", "vphantom": "m", "substack": "m", "textcolor": "tm", "not": "m",
    "tag": "t", "label": "t", "hspace": "t", "vspace": "t", "color": "t", WRONG: "m",
}  # fmt: skip

# Commands that say nothing to the reader of one line: numbering, colours, sizes.
SILENT = frozenset(
    "tag label hspace vspace color phantom hphantom vphantom nonumber notag displaystyle textstyle scriptstyle "
    "scriptscriptstyle limits nolimits displaylimits relax rm bf it cal sf tt".split()
)
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "overrightarrow": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "underline": "\u0332",
}  # fmt: skip
SIZES = frozenset(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))

# Environments within a line, with the number of columns each may have (None: as many as its argument says).
ENVIRONMENTS: dict[str, int | None] = {
    "cases": 2, "rcases": 2, "matrix": 10, "pmatrix": 10, "bmatrix": 10, "Bmatrix": 10, "vmatrix": 10, "Vmatrix": 10,
    "smallmatrix": 10, "aligned": 10, "split": 2, "gathered": 1, "array": None,
}  # fmt: skip

DELIMITERS = frozenset(
    r"( ) [ ] | / . < > \{ \} \| \lbrace \rbrace \lbrack \rbrack \langle \rangle \lvert \rvert \lVert \rVert \vert "
    r"\Vert \lfloor \rfloor \lceil \rceil \uparrow \downarrow \backslash".split()
)

# Unicode that authors type directly, and the macro that typesets it; the first macro of a sign wins.
MACROS: dict[str, str] = {}
for _name, (_char, _cls) in SYMBOLS.items():
    if len(_char) == 1 and ord(_char) > 126:
        MACROS.setdefault(_char, "\\" + _name)
MACROS |= {"−": "-", "∑": r"\sum", "∏": r"\prod", "µ": r"\mu", "ᵀ": r"{}^{\top}", "ℝ": r"\mathbb{R}",
"ℂ": r"\mathbb{C}",
           "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "≔": ":=", "⟂": r"\perp"}  # fmt: skip
