"""Facts about Vietnamese documents, as data files a lawyer can edit (``data/``), checked when they are loaded.

``types``: document types and their codes · ``issuers``: organs, their codes, names and life spans ·
``provinces``: provincial units through time · ``laws``: laws, codes, ordinances with dates and amendments ·
``relations``: the closed relation vocabulary and its cue phrases · ``confusions``: measured OCR confusions.

Every entry carries ``match`` (texts its matcher must recognise) and ``no_match`` (texts it must not).
"""
