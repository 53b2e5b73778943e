"""What a result was made from, and what of it can be checked again."""

from __future__ import annotations

from analysis.protocols import Language


def made_from(seed: int, rules: str, inputs: str, language: Language) -> str:
    """The line at the foot of a page: the seed, and the digests of the `rules` and of the `inputs`."""
    return language.say(
        "Starting number of the resampling {seed}. SHA-256 of the rules {rules}, of the inputs {inputs}. The "
        "receipt holds the same.",
        seed=seed,
        rules=rules,
        inputs=inputs,
    )


def what_is_checked(language: Language, *, files: bool) -> str:
    """What `verify` does with a receipt; `files` for one that names files of a page besides."""
    sentences = [
        language.say(
            "cli.py verify makes each table and map under “outputs” again from the inputs, by these rules, "
            "and compares it byte for byte."
        )
    ]
    if files:
        sentences.append(
            language.say(
                "What stands under “files” was taken from a page: it is compared with the file of that name "
                "beside the receipt, and made again only if the analysis gives the same file under any name."
            )
        )
    return " ".join(sentences)
