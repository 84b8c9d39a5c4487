"""What pages show: records resolved, counted and put in order.

Views hold facts only, as typed values. Templates decide looks; they neither look up nor sort.
"""
