"""The ledger of a film: sentence by sentence who is there, who is not, and who holds which thing.

It is made once from the facts that the narration tells. Pictures, directions and cuts ask it; none of them
guesses on its own.
"""
