"""How long things take, beside peers: `gcalc bench`.

Main definitions
    bench: the training step and the forward of every algorithm of gcalc.fast, beside every peer that is installed.
    growth: the cost along |P|, K, N and k beside the derived number of multiplications.
    forms: the gradient of filter transformation in its three printed forms.
    tune: the table that plans choose an algorithm by.

Implementation notes
    Nobody is timed before their results are compared (`definition`). Contestants take turns (`rounds`), with as many
    threads each and with sleeping, not spinning, threads (`environment`). Peers are imported when they are asked for,
    here or in another interpreter (`peers`, `worker`).
"""
