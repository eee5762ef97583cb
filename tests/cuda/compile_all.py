"""Compile every kernel for every type, side of tiles and architecture, and print what each needs: about a minute."""

from __future__ import annotations

from gcalc.fast.kernels import KERNELS, SIDES, TYPES, expression

from .nvrtc import ARCHITECTURES, compiled, version


def main() -> None:
    """Print a line for each kernel and architecture; fail if registers are spilled."""
    print(f"NVRTC {version()}; types: {', '.join(TYPES)}; tiles of 16, 32 and 64 rows")
    spills = 0
    for architecture in ARCHITECTURES:
        for name, kernel in KERNELS.items():
            sides = SIDES if kernel.is_tiled else SIDES[-1:]
            wanted = tuple(dict.fromkeys(expression(name, dtype, side) for dtype in TYPES for side in sides))
            made = compiled(kernel.file, wanted, architecture).values()
            registers, local = sorted(k.registers for k in made), sum(k.stack + k.spilled for k in made)
            spills += local
            use = f"{registers[0]:3} to {registers[-1]:3} registers, {local} bytes of local memory"
            print(f"{architecture:7} {name:26} {len(wanted):2} kernels, {use}")
    if spills:
        raise SystemExit("registers are spilled")


if __name__ == "__main__":
    main()
