r"""The preamble of the LaTeX report, and the few macros that its body uses.

``\fitline{line}{breakable line}`` is what keeps long lines on the page: a line that fits is set as it is, one a
little too wide is shrunk, and one much too wide is broken into several lines (for which its fences are opened,
since TeX breaks no line inside ``\left…\right``); a single piece wider than the page is shrunk by ``\fitpiece``.
"""

from __future__ import annotations

PREAMBLE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
\usepackage[margin=25mm,headheight=14pt]{geometry}
\usepackage{amsmath,amssymb,mathtools}
\usepackage{mathpazo}
\IfFileExists{tgpagella.sty}{\usepackage{tgpagella}}{}
\IfFileExists{lmodern.sty}{\renewcommand{\ttdefault}{lmtt}\renewcommand{\sfdefault}{lmss}}%
  {\renewcommand{\ttdefault}{pcr}\renewcommand{\sfdefault}{phv}}
\usepackage{pifont}
\usepackage{cancel}
\usepackage{needspace}
\usepackage{microtype}
\usepackage{booktabs,longtable,array}
\usepackage{xcolor}
\usepackage{adjustbox}
\usepackage[most]{tcolorbox}
\usepackage[bookmarks=false,hidelinks]{hyperref}
\linespread{1.05}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 2pt}
\setlength{\mathindent}{0pt}
\setlength{\emergencystretch}{3em}
\setlength{\jot}{6pt}
\allowdisplaybreaks
\renewcommand{\arraystretch}{1.15}
\setlength{\LTleft}{0pt}\setlength{\LTright}{0pt}
\AtBeginDocument{\abovedisplayskip=2pt\abovedisplayshortskip=2pt\belowdisplayskip=8pt\belowdisplayshortskip=8pt}
\hbadness=10000
\pagestyle{plain}
\definecolor{proved}{HTML}{1B7F3B}
\definecolor{supported}{HTML}{0B7285}
\definecolor{refuted}{HTML}{B3261E}
\definecolor{undecided}{HTML}{9A6700}
\definecolor{vacuous}{HTML}{8B2FA0}
\definecolor{conflict}{HTML}{B3261E}
\definecolor{quiet}{HTML}{5F6570}
\newcommand{\mk}[2]{\makebox[1.3em][l]{\color{#1}#2}}
\newcommand{\wrong}[1]{{\color{refuted}\underline{#1}}}
\newcommand{\quiet}[1]{{\color{quiet}#1}}
\newcommand{\unknownchar}[1]{{\scriptsize\sffamily U+#1}}
\newsavebox{\linebox}
\newlength{\lineroom}
\newcommand{\fitpiece}[1]{\adjustbox{max width=\dimexpr\linewidth-2em}{$\displaystyle #1$}}
\newcommand{\fitline}[2]{%
  \sbox{\linebox}{$\displaystyle #1$}%
  \ifdim\wd\linebox>\lineroom
    \ifdim\wd\linebox>1.3\lineroom
      \parbox[t]{\lineroom}{\raggedright\hangindent=2em\relax\lineskiplimit=2pt\lineskip=5pt$\displaystyle #2$\strut}%
    \else
      \adjustbox{max width=\lineroom}{\usebox{\linebox}}%
    \fi
  \else
    \usebox{\linebox}%
  \fi}
\newcommand{\rawline}[1]{\parbox[t]{\lineroom}{\raggedright\small #1\strut}}
\newcommand{\said}[1]{\parbox[t]{0.24\linewidth}{\raggedright\footnotesize\leavevmode\color{quiet}#1\strut}}
\newcommand{\fittag}[1]{\adjustbox{max width=5em}{#1}}
\newtcolorbox{marked}[3][]{enhanced,breakable,before={\par\needspace{8\baselineskip}\medskip\noindent},colback=#2!4!white,colframe=#2!70!black,boxrule=0pt,leftrule=2.2pt,
  arc=0pt,outer arc=0pt,left=8pt,right=8pt,top=5pt,bottom=5pt,after skip=8pt,
  fonttitle=\bfseries,coltitle=#2!70!black,attach title to upper={\par\smallskip},title={#3},#1}
\newenvironment{points}{\begin{list}{\textbullet}{\setlength{\leftmargin}{1.2em}\setlength{\itemsep}{2pt}%
  \setlength{\parsep}{0pt}\setlength{\topsep}{2pt}\setlength{\labelsep}{0.5em}\raggedright}\setlength{\lineroom}{\linewidth}}{\end{list}}
"""
