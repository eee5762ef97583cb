"""The proof kernel: terms, rules, replay. Standard library only; read in this order: terms, sorts, words, rules, replay."""
