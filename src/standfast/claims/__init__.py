"""Reports against the record: claims found, the record's acts that bear on them, judgements.

Pure functions on the nouns: what a claim is held against is given to them.
"""
