"""The proof kernel, standard library only. To be read in this order: terms, sorts, words, rules, replay."""
