"""The proof kernel: every rule and side condition, forged data, and random steps judged by evaluation."""
