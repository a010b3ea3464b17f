"""What a check leaves behind for whoever doubts: why, a record of the proof, the counterexample as a program."""
