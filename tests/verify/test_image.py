"""`gcalc verify --law eq1 --image FILE`: pictures of every kind, what is said of their size, what is refused."""

from __future__ import annotations

import json
import shlex

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from scipy import signal

from gcalc import reference
from gcalc.cli import main
from gcalc.data import photograph
from gcalc.errors import UsageError
from gcalc.verify.image import on_image, read_picture

rng = np.random.default_rng(11)


def save(folder, pixels, mode=None, name="picture.png"):
    image = Image.fromarray(np.asarray(pixels))
    (image if mode is None else image.convert(mode)).save(folder / name)
    return folder / name


def command(*words):
    return CliRunner().invoke(main, ["verify", *map(str, words)], env={"COLUMNS": "200"})


def bytes_of(*shape):
    return rng.integers(0, 256, shape, dtype=np.uint8)


KINDS = {
    "grey": (bytes_of(6, 6), None),
    "RGB": (bytes_of(6, 6, 3), None),
    "RGBA": (bytes_of(6, 6, 4), None),
    "palette": (bytes_of(6, 6), "P"),
    "grey and alpha": (bytes_of(6, 6), "LA"),
    "black and white": (bytes_of(6, 6), "1"),
    "16 bits": (rng.integers(0, 2**16, (6, 6), dtype=np.uint16), None),
}
SIZES = {
    (7, 7): 8,
    (8, 8): 8,
    (5, 9): 4,
    (9, 4): 4,
    (1, 1): 8,
    (1, 6): 4,
    (2, 2): 8,
    (30, 30): 8,
    (40, 13): 4,
}


@pytest.mark.parametrize("kind", KINDS)
def test_eq1_holds_on_a_picture_of_every_kind(kind, tmp_path):
    path = save(tmp_path, *KINDS[kind])
    result = command("--law", "eq1", "--image", path)
    assert result.exit_code == 0, result.output
    assert result.output.count("EXACT p") == 4


@pytest.mark.parametrize("size", SIZES)
def test_what_is_said_of_a_size_is_so(size, tmp_path):
    path = save(tmp_path, bytes_of(*size))
    result = command("--law", "eq1", "--image", path)
    assert result.exit_code == 0
    rows, cols = size
    on = f"of the 8 symmetries of the square on {rows}×{cols}"
    assert f"plane Z²: 8 {on}" in result.output
    for domain in ("torus", "window"):
        assert f"{domain}: {SIZES[size]} {on}" in result.output
    assert ("exchange rows and columns" in result.output) == (rows != cols)


@pytest.mark.parametrize("size", [(5, 9), (7, 7)])
def test_the_cases_are_the_cells_compared(size, tmp_path):
    """All eight r on Z², with a filter of 3×4; those that act on the torus and the window; the part against the sum."""
    rows, cols = size
    cells = {c.group: c.cases for c in on_image(save(tmp_path, bytes_of(*size)), ["eq1"], 0).checks}
    assert cells == {
        "p1, window": rows * cols,
        "p4m, plane Z²": 4 * (rows + 2) * (cols + 3) + 4 * (cols + 2) * (rows + 3),
        "p4m, torus": SIZES[size] * rows * cols,
        "p4m, window": SIZES[size] * rows * cols,
    }


def test_16_bits_are_read_as_they_are(tmp_path):
    pixels = np.array([[0, 255, 256], [300, 40_000, 65_535]], dtype=np.uint16)
    assert read_picture(save(tmp_path, pixels)).tolist() == pixels.tolist()


def test_8_bits_of_grey_are_read_as_they_are(tmp_path):
    pixels = bytes_of(4, 5)
    read = read_picture(save(tmp_path, pixels))
    assert read.dtype == np.int64
    assert read.tolist() == pixels.tolist()


def test_the_seed_changes_the_filters_not_the_verdict(tmp_path):
    path = save(tmp_path, photograph().astype(np.uint8))
    codes = [command("--law", "eq1", "--image", path, "--seed", seed).exit_code for seed in (0, 1, -3)]
    assert codes == [0, 0, 0]


# ---- wrong correlations ----------------------------------------

RIGHT = signal.correlate2d


def zero(f, psi, **options):
    return RIGHT(f, psi, **options) * 0


def convolution(f, psi, **options):
    return RIGHT(f, psi[::-1, ::-1], **options)


def without_the_last_column(f, psi, **options):
    psi = np.array(psi)
    psi[:, -1] = 0
    return RIGHT(f, psi, **options)


def off_by_one(f, psi, **options):
    return np.roll(RIGHT(f, psi, **options), 1, 0)


def wrong_in_one_cell(f, psi, **options):
    y = RIGHT(f, psi, **options)
    y[-1, -1] += 1
    return y


def in_8_bits(f, psi, **options):
    return RIGHT(f, psi, **options).astype(np.int8).astype(np.int64)


WRONG = (zero, convolution, without_the_last_column, off_by_one, wrong_in_one_cell, in_8_bits)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("rim", [0, 20], ids=["", "with a black rim"])
def test_a_wrong_correlation_is_caught_on_the_picture(wrong, rim, tmp_path, monkeypatch):
    path = save(tmp_path, np.pad(photograph()[:40, :30].astype(np.uint8), rim))
    monkeypatch.setattr("scipy.signal.correlate2d", wrong)
    result = command("--law", "eq1", "--image", path, "--report", tmp_path / "report.json")
    assert result.exit_code == 1
    assert f"again: gcalc verify --law eq1 --image {path} --seed 0" in result.output
    failed = [
        c for c in json.loads((tmp_path / "report.json").read_text())["checks"] if c["verdict"] == "FAILED"
    ]
    for check in failed:
        example = check["counterexample"]
        assert example["left"] != example["right"]
        assert set(example["shapes"]) == set(example["inputs"]) == {"picture", "psi"}
        assert example["elements"]["x"]


def test_a_wrong_reference_is_caught_on_the_picture(tmp_path, monkeypatch):
    right = reference.correlate
    monkeypatch.setattr(reference, "correlate", lambda *args, **options: right(*args, **options) * 2)
    result = command("--image", save(tmp_path, bytes_of(6, 6)))
    assert result.exit_code == 1
    assert "differs from gcalc.reference" in result.output


def test_the_line_that_shows_a_failure_again_shows_it_again(tmp_path, monkeypatch):
    path = save(tmp_path, bytes_of(6, 7), name="a picture.png")
    monkeypatch.setattr("scipy.signal.correlate2d", off_by_one)
    report = on_image(path, ["eq1"], 5)
    line = report.failures[0].reproduction
    first, *words = shlex.split(line)
    assert first == "gcalc"
    again = CliRunner().invoke(main, words, env={"COLUMNS": "300"})
    assert again.exit_code == 1
    assert line in again.output
    assert f"left     {report.failures[0].counterexample.left}\n" in again.output


# ---- what is refused ----------------------------------------


def assert_refused(result, *told):
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    for words in told:
        assert words in result.stderr


def test_a_missing_file(tmp_path):
    assert_refused(command("--law", "eq1", "--image", tmp_path / "no.png"), "no.png", "no such file")


def test_a_folder(tmp_path):
    assert_refused(command("--law", "eq1", "--image", tmp_path), "not a picture")


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture(content, tmp_path):
    (tmp_path / "x.png").write_bytes(content)
    assert_refused(command("--law", "eq1", "--image", tmp_path / "x.png"), "x.png", "not a picture")


def test_a_picture_cut_short(tmp_path):
    path = save(tmp_path, bytes_of(50, 50))
    path.write_bytes(path.read_bytes()[:-300])
    assert_refused(command("--law", "eq1", "--image", path), "not a picture")


@pytest.mark.parametrize("size", [(4_000, 1_001), (12_000, 8_000), (20_000, 10_000)])
def test_a_picture_that_is_too_large(size, tmp_path):
    Image.new("1", size).save(tmp_path / "large.png")
    assert_refused(command("--law", "eq1", "--image", tmp_path / "large.png"), "crop it to 4,000,000")


def test_a_law_that_is_not_planar(tmp_path):
    path = save(tmp_path, bytes_of(3, 3))
    assert_refused(command("--law", "eq2", "--image", path), "eq1", "eq2")
    assert_refused(command("--law", "eq1", "--law", "eq6", "--image", path), "eq6")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--group", "S3"], "--group"),
        (["--reading", "property"], "--reading"),
        (["--backend", "scipy.ndimage"], "--backend"),
    ],
)
def test_what_does_not_go_with_a_picture_is_refused_not_ignored(words, named, tmp_path):
    assert_refused(command("--image", save(tmp_path, bytes_of(3, 3)), *words), named, "--image")


def test_a_picture_goes_with_the_exact_reading_and_scipy_signal(tmp_path):
    path = save(tmp_path, bytes_of(3, 3))
    assert command("--image", path, "--reading", "exact", "--backend", "scipy").exit_code == 0


def test_without_pillow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    assert_refused(command("--image", tmp_path / "x.png"), "gcalc[image]")


def test_the_library_raises_what_the_command_prints(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        on_image(tmp_path / "no.png", ["eq1"], 0)
