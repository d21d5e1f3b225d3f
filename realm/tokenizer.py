"""WordPiece: a checkpoint's vocabulary, a vocabulary file's, or one trained on the corpus at hand.

The trainer of the `tokenizers` library numbers its tokens differently in every run and, where pairs are equally
frequent, finds other ones. So it is given a fixed alphabet, and what it learnt is sorted and renumbered.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer as WordPiece
from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers

from realm.checkpoint import checkpoint_directory, read_settings
from realm.errors import UserError
from realm.manifest import read_manifest, write_manifest
from realm.storage import publish_directory

SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_MAX_ALPHABET = 1000  # characters; rarer ones become [UNK]
_VOCABULARY_FILES = ("tokenizer.json", "vocab.txt")
_MIN_VOCABULARY = 100  # a wrongly loaded vocabulary has only its 5 special tokens
_MAX_VOCABULARY = 65_536  # blocks keep wordpieces as 16-bit numbers


@dataclass(frozen=True)
class SpecialIds:
    """Ids of the special tokens."""

    pad: int
    cls: int
    sep: int
    mask: int


@dataclass(frozen=True)
class Encoding:
    """Wordpieces of a text without special tokens; `offsets[i]` are the characters [start, end) of `ids[i]`."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Tokenizer:
    """The WordPiece tokenizer of a run, loaded from its directory."""

    def __init__(self, wordpiece: WordPiece, *, fingerprint: str) -> None:
        self._wordpiece = wordpiece
        self.fingerprint = fingerprint
        self.vocab_size = wordpiece.get_vocab_size()
        ids = {token: int(wordpiece.token_to_id(token) or 0) for token in SPECIAL_TOKENS}
        self.pad_id, self.unk_id, self.cls_id, self.sep_id, self.mask_id = ids.values()
        self.specials = SpecialIds(pad=self.pad_id, cls=self.cls_id, sep=self.sep_id, mask=self.mask_id)
        added = wordpiece.get_added_tokens_decoder().values()
        self.added_tokens = tuple(sorted(token.content for token in added))
        # Whether it is BERT's: cut at white space and punctuation first, and then each word by itself.
        self.cuts_at_words = (
            isinstance(wordpiece.model, models.WordPiece)
            and isinstance(wordpiece.normalizer, normalizers.BertNormalizer)
            and isinstance(wordpiece.pre_tokenizer, pre_tokenizers.BertPreTokenizer)
            and not any(token.normalized for token in added)
        )

    @staticmethod
    def load(directory: Path) -> "Tokenizer":
        """Loads a tokenizer directory written by this module.

        Raises:
            UserError: the directory is not a finished tokenizer.
        """
        manifest = read_manifest(directory, kind="tokenizer")
        return Tokenizer(_from_json(directory / "tokenizer.json"), fingerprint=manifest.fingerprint)

    def encode(self, text: str) -> Encoding:
        """Cuts `text` into wordpieces, without special tokens and without truncation."""
        encoded = self._wordpiece.encode(text, add_special_tokens=False)
        return Encoding(ids=encoded.ids, offsets=encoded.offsets)

    def encode_batch(self, texts: Sequence[str]) -> list[Encoding]:
        """Encodes many texts at once, on several threads where there are any."""
        batch = self._wordpiece.encode_batch(list(texts), add_special_tokens=False)
        return [Encoding(ids=encoded.ids, offsets=encoded.offsets) for encoded in batch]

    def decode(self, ids: Sequence[int]) -> str:
        """Joins wordpieces to text again; lower-cased vocabularies do not give the capitals back."""
        return str(self._wordpiece.decode(list(ids), skip_special_tokens=False))

    @property
    def vocabulary(self) -> dict[str, int]:
        """Every wordpiece and its id."""
        return dict(self._wordpiece.get_vocab())

    def tokens(self, ids: Sequence[int]) -> list[str]:
        """The wordpieces themselves."""
        return [str(self._wordpiece.id_to_token(one)) for one in ids]


def train_wordpiece(texts: Iterable[str], *, vocab_size: int, lowercase: bool, output: Path) -> None:
    """Trains a WordPiece vocabulary of at most `vocab_size` tokens and writes a tokenizer directory.

    `texts` is gone through once and its normalised form held in memory: bound it before.
    """
    wordpiece = _empty_wordpiece({token: i for i, token in enumerate(SPECIAL_TOKENS)}, lowercase=lowercase)
    normalised = [wordpiece.normalizer.normalize_str(text) for text in texts]
    characters = Counter(character for text in normalised for character in text if not character.isspace())
    alphabet = sorted(sorted(characters, key=lambda one: (-characters[one], one))[:_MAX_ALPHABET])
    # The trainer numbers continuation characters in the order of a hash map and breaks ties between equally
    # frequent pairs by these numbers. Naming them first, in order, makes the vocabulary repeatable.
    continuations = [f"##{character}" for character in alphabet]
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocab_size,
        special_tokens=[*SPECIAL_TOKENS, *continuations],
        initial_alphabet=alphabet,
        limit_alphabet=_MAX_ALPHABET,
        min_frequency=2,
        show_progress=False,
    )
    wordpiece.train_from_iterator(normalised, trainer)
    learnt = sorted(set(wordpiece.get_vocab()) - set(SPECIAL_TOKENS))
    vocabulary = {token: i for i, token in enumerate([*SPECIAL_TOKENS, *learnt])}
    _write(_empty_wordpiece(vocabulary, lowercase=lowercase), output, made_from={"vocabulary": "trained"})


def import_tokenizer(checkpoint: str, output: Path, *, lowercase: bool) -> None:
    """Takes the tokenizer of `checkpoint`: a name on the hub, a BERT directory, or a `vocab.txt` file.

    Args:
        checkpoint: a path to a vocabulary file with one token per line, or what holds a checkpoint.
        output: the tokenizer directory to write.
        lowercase: for a vocabulary whose checkpoint does not say it.

    Raises:
        UserError: there is none, a special token is missing, or the vocabulary is too small to be real or too large
            for the blocks.
    """
    if Path(checkpoint).is_file():
        wordpiece = _from_vocabulary(Path(checkpoint), lowercase=lowercase)
    else:
        directory = checkpoint_directory(checkpoint, key="tokenizer.checkpoint", weights=False)
        wordpiece = _from_directory(directory, lowercase=lowercase)
    missing = [token for token in SPECIAL_TOKENS if wordpiece.token_to_id(token) is None]
    size = wordpiece.get_vocab_size()
    if missing or size < _MIN_VOCABULARY:
        raise UserError(
            f"The vocabulary of '{checkpoint}' has {size} tokens and lacks {', '.join(missing) or 'none'} of BERT's "
            "special tokens. Name a BERT directory or a WordPiece vocab.txt."
        )
    if size > _MAX_VOCABULARY:
        raise UserError(
            f"The vocabulary of '{checkpoint}' has {size:,} tokens, but blocks keep wordpieces as 16-bit numbers. "
            f"Name a checkpoint with at most {_MAX_VOCABULARY:,}."
        )
    _write(wordpiece, output, made_from={"vocabulary": "imported"})


def checkpoint_vocabulary(directory: Path) -> dict[str, int] | None:
    """Every wordpiece of a BERT directory and its id; None if the directory holds no vocabulary."""
    if not any((directory / name).is_file() for name in _VOCABULARY_FILES):
        return None
    return dict(_from_directory(directory, lowercase=True).get_vocab())


def _from_directory(directory: Path, *, lowercase: bool) -> WordPiece:
    """Reads `tokenizer.json`, or `vocab.txt` where there is none; `tokenizer_config.json` has the last word on case."""
    config = directory / "tokenizer_config.json"
    settings = read_settings(config) if config.is_file() else {}
    said = settings.get("do_lower_case") if isinstance(settings, dict) else settings
    if said is not None and not isinstance(said, bool):
        raise UserError(f"{config} does not say do_lower_case as true or false. Fetch the checkpoint again.")
    if (directory / "tokenizer.json").is_file():
        wordpiece = _from_json(directory / "tokenizer.json")
        wordpiece.no_truncation()
        wordpiece.no_padding()
        if said is not None and isinstance(wordpiece.normalizer, normalizers.BertNormalizer):
            wordpiece.normalizer.lowercase = said
        return wordpiece
    if (directory / "vocab.txt").is_file():
        return _from_vocabulary(directory / "vocab.txt", lowercase=lowercase if said is None else said)
    raise UserError(
        f"{directory} holds neither tokenizer.json nor vocab.txt. Name a BERT directory with its vocabulary."
    )


def _from_json(path: Path) -> WordPiece:
    text = json.dumps(read_settings(path))
    try:
        return WordPiece.from_str(text)
    except Exception as error:  # the library has no narrower class for it
        said = " ".join(str(error).split())
        raise UserError(f"{path} is no tokenizer ({said}). Fetch the checkpoint again.") from error


def _from_vocabulary(path: Path, *, lowercase: bool) -> WordPiece:
    # Not `splitlines`: a token may be one of the other characters that end a line for it.
    try:
        tokens = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no UTF-8 ({error}). Name a WordPiece vocab.txt.") from error
    return _empty_wordpiece({token: i for i, token in enumerate(tokens)}, lowercase=lowercase)


def _empty_wordpiece(vocabulary: dict[str, int], *, lowercase: bool) -> WordPiece:
    wordpiece = WordPiece(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    wordpiece.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    wordpiece.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    wordpiece.decoder = decoders.WordPiece(prefix="##")
    wordpiece.add_special_tokens([token for token in SPECIAL_TOKENS if token in vocabulary])
    return wordpiece


def _write(wordpiece: WordPiece, output: Path, *, made_from: dict[str, str]) -> None:
    vocabulary = sorted(wordpiece.get_vocab().items(), key=lambda item: item[1])
    with publish_directory(output) as beside:
        # `save` writes maps in the order of their ids, so equal vocabularies give equal bytes.
        (beside / "tokenizer.json").write_text(wordpiece.to_str(pretty=True) + "\n", encoding="utf-8")
        (beside / "vocab.txt").write_text("".join(f"{token}\n" for token, _ in vocabulary), encoding="utf-8")
        settings = {"tokenizer_class": "BertTokenizer", "model_max_length": 512}
        (beside / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
        write_manifest(beside, kind="tokenizer", made_from=made_from, facts={"vocab_size": len(vocabulary)})
