"""Counts, shares and growth as a report may state them: never a percentage without its counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

Z95 = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""
FEW_MENTIONS = 3
"""Fewer lately are no growth, fewer repeats before no rate to fall from: one swallow."""
FEW_COUNTS = 4
"""Weeks below which their scatter is not known."""
FEW = 10
"""Below this many cases a percentage says less than the counts, so only the counts are shown."""


def wilson(part: float, whole: float) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; (0, 1) where nothing was counted."""
    if whole == 0:
        return 0.0, 1.0
    share, spread = part / whole, Z95 * Z95 / whole
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / whole + spread / (4 * whole)) / (1 + spread)
    # Rounding puts an end a hair past the share itself where nothing, or everything, was counted.
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]

    @property
    def counts(self) -> str:
        return f"{grouped(self.part)} of {grouped(self.whole)}"

    @property
    def percent(self) -> str:
        """ "63 %", or nothing where there are too few cases for a percentage."""
        if self.whole < FEW:
            return ""
        hundredths = 100 * self.part / self.whole
        if 0 < hundredths < 1 or 99 < hundredths < 100:  # some is not none, nearly all is not all
            return "under 1 %" if hundredths < 1 else "over 99 %"
        return f"{hundredths:.0f} %"

    @property
    def interval(self) -> str:
        """ "41–79 %", the 95 % interval, or nothing where nothing was counted."""
        return "" if not self.whole else f"{100 * self.low:.0f}–{100 * self.high:.0f} %"

    @property
    def text(self) -> str:
        """ "13 of 20 (65 %)"."""
        return f"{self.counts} ({self.percent})" if self.percent else self.counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How often something happened in a recent stretch against its own past."""

    recent: int
    recent_days: int
    past: int
    past_days: int
    """Since the first time it happened."""
    dispersion: float = 1.0
    """How much more the weekly counts scatter than those of independent events would; see `dispersion`."""

    @property
    def repeats(self) -> int:
        """What happened since the first time: that one opens the past, so it says nothing of its rate."""
        return max(0, self.past - 1)

    @property
    def interval(self) -> tuple[float, float | None]:
        """95 % interval of recent rate / past rate; the upper end is None where nothing happened again.

        Given the total, the recent count of two Poisson rates is binomial (Przyborowski and Wilenski 1940),
        so the Wilson interval of that share, turned into odds, bounds the ratio of the rates. Talk comes in
        bursts: a count says no more than it would, divided by its dispersion, of independent events.
        """
        total = self.recent + self.repeats
        if not total or not self.past_days or not self.recent_days:
            return 0.0, None
        low, high = wilson(self.recent / self.dispersion, total / self.dispersion)
        scale = self.past_days / self.recent_days
        return low / (1 - low) * scale, high / (1 - high) * scale if self.repeats and high < 1 else None

    @property
    def ratio(self) -> float | None:
        if not self.repeats or not self.past_days or not self.recent_days:
            return None
        return (self.recent / self.recent_days) / (self.repeats / self.past_days)

    @property
    def verdict(self) -> str:
        """`new`, `growing`, `fading` or `unclear`: a change only where the interval excludes 1, told by a few
        mentions at least. Nothing fades that was not known as long as it has been rare: talk that was over
        in a week says only that its thread was."""
        low, high = self.interval
        if not self.past:
            return "new" if self.recent else "unclear"
        if low > 1 and self.recent >= FEW_MENTIONS:
            return "growing"
        is_known = self.repeats >= FEW_MENTIONS and self.past_days >= self.recent_days
        return "fading" if is_known and high is not None and high < 1 else "unclear"

    @property
    def text(self) -> str:
        """ "3.1 × its past rate (95 %: 1.2–8)"; no ratio of numbers too small to carry one."""
        if not self.past:
            return "not seen before" if self.recent else "not seen"
        if not self.is_told:
            return "too seldom lately to tell"
        if self.ratio is None:
            return "seen once before"
        low, high = self.interval
        upper = "∞" if high is None else short(high)
        return f"{short(self.ratio)} × its past rate (95 %: {short(low)}–{upper})"

    @property
    def is_told(self) -> bool:
        """A ratio says something: seen before, and lately more than a few times or clearly less often."""
        return self.past > 0 and (self.recent >= FEW_MENTIONS or self.verdict == "fading")


def dispersion(counts: Sequence[int]) -> float:
    """Variance over mean of counts, at least 1, as for independent events; 1 where too few tell."""
    if len(counts) < FEW_COUNTS or not any(counts):
        return 1.0
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return max(1.0, variance / mean)


def grouped(number: int) -> str:
    """Thousands apart by a narrow no-break space: 12 345."""
    return f"{number:,}".replace(",", "\u202f")


def signed(number: int) -> str:
    """With its sign, a real minus: +3, −2, 0."""
    return f"+{grouped(number)}" if number > 0 else f"−{grouped(-number)}" if number else "0"


def approval(likes: int | None, dislikes: int | None) -> str:
    """ "12 likes, 3 dislikes", "a score of −4"; empty where nobody gave any."""
    liked = (counted(likes, "like") if likes > 0 else f"a score of {signed(likes)}") if likes else ""
    return ", ".join(filter(None, (liked, counted(dislikes, "dislike") if dislikes else "")))


def short(number: float) -> str:
    """Two significant digits at most: 0.31, 3.1, 31; <0.01 below that."""
    if 0 < number < 0.01:
        return "<0.01"
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 post", "12 posts"."""
    return f"{grouped(number)} {noun(number, one, many)}"


def noun(number: int, one: str, many: str | None = None) -> str:
    """ "post" for one, "posts" for any other number."""
    return one if number == 1 else many or one + "s"


def duration(hours: float | None) -> str:
    """Within how long: "40 minutes", "5 hours", "3 days", rounded up; nothing where unknown."""
    if hours is None:
        return ""
    if hours < 2:  # "within 1 hour" would also be said of an hour and twenty minutes
        return counted(_up(hours * 60), "minute")
    return counted(_up(hours), "hour") if hours < 48 else counted(_up(hours / 24), "day")


def _up(number: float) -> int:
    return ceil(round(number, 6))
