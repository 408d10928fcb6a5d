"""One after the other, side by side, and around a shortcut."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from symcnn.errors import AuthorError
from symcnn.layers.sizes import folded, total
from symcnn.networks.costs import Operations
from symcnn.networks.module import Module
from symcnn.networks.reach import ReceptiveField, joined
from symcnn.networks.shapes import Shape, differ, elements, map_of, written


class Composite(Module):
    """A module that holds others: a value, equal to another with equal parts."""

    __slots__ = ()

    @abstractmethod
    def parts(self) -> tuple[Module | None, ...]:
        """What the class is called with."""

    def __repr__(self) -> str:
        return f"{self.kind}({', '.join(map(repr, self.parts()))})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.parts() == other.parts()

    def __hash__(self) -> int:
        return hash((self.kind, self.parts()))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self.parts()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{self.kind} does not change: build another one")


class Sequential(Composite):
    """Modules one after the other, numbered from 0 as in ``torch.nn.Sequential``.

    Raises AuthorError, saying which layer (number and name) does not fit what comes in.

    >>> from symcnn.networks import Conv2d, ReLU
    >>> net = Sequential(Conv2d(3, 8, 3), ReLU(), Conv2d(16, 8, 3))
    >>> net.output_shape((3, 32, 32))
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: layer 2 (Conv2d): Conv2d reads 16 channels, but gets 8 x 30 x 30
    """

    __slots__ = ("modules",)
    modules: tuple[Module, ...]

    def __init__(self, *modules: Module) -> None:
        object.__setattr__(self, "modules", modules)

    def parts(self) -> tuple[Module | None, ...]:
        return self.modules

    def shape_after(self, shape: Shape) -> Shape:
        for _, _, _, after in self.steps(shape):
            shape = after
        return shape

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        return tuple(
            each for _, module, before, _ in self.steps(shape) for each in module.operations(before)
        )

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        for number, module, before, _ in self.steps(shape):
            try:
                reach = module.reach_after(reach, before, axis)
            except AuthorError as error:
                raise _located("layer", number, module, error) from None
        return reach

    def leaves(self) -> Iterator[Module]:
        for module in self.modules:
            yield from module.leaves()

    def steps(self, shape: Shape) -> Iterator[tuple[int, Module, Shape, Shape]]:
        """Each module with its number, the shape that it gets, and the shape that it gives."""
        for number, module in enumerate(self.modules):
            try:
                after = module.shape_after(shape)
            except AuthorError as error:
                raise _located("layer", number, module, error) from None
            yield number, module, shape, after
            shape = after


class Branches(Composite):
    """Modules that read the same input, their outputs joined along the channels.

    Raises AuthorError where the outputs differ in height or width.

    >>> from symcnn.networks import Conv2d
    >>> Branches(Conv2d(8, 4, 1), Conv2d(8, 6, 3, padding=1)).output_shape((8, 5, 5))
    (Rational(10), Rational(5), Rational(5))
    """

    __slots__ = ("modules",)
    modules: tuple[Module, ...]

    def __init__(self, *modules: Module) -> None:
        if not modules:
            raise AuthorError("Branches: there is at least one branch")
        object.__setattr__(self, "modules", modules)

    def parts(self) -> tuple[Module | None, ...]:
        return self.modules

    def shape_after(self, shape: Shape) -> Shape:
        shapes = self._shapes(shape)
        first = map_of("Branches", shapes[0])
        for number, other in enumerate(shapes[1:], 1):
            if len(other) != 3 or any(map(differ, first[1:], other[1:])):
                raise AuthorError(
                    f"Branches: branch {number} ({self.modules[number].kind}) gives "
                    f"{written(other)}, but branch 0 ({self.modules[0].kind}) {written(first)}"
                )
        return (folded(total(each[0] for each in shapes)), *first[1:])

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        return tuple(each for module in self.modules for each in module.operations(shape))

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        reaches = [module.reach_after(reach, shape, axis) for module in self.modules]
        return joined(reaches, "Branches")

    def leaves(self) -> Iterator[Module]:
        for module in self.modules:
            yield from module.leaves()

    def _shapes(self, shape: Shape) -> list[Shape]:
        found = []
        for number, module in enumerate(self.modules):
            try:
                found.append(module.shape_after(shape))
            except AuthorError as error:
                raise _located("branch", number, module, error) from None
        return found


class Residual(Composite):
    """``body(x) + shortcut(x)``; without a shortcut ``body(x) + x``.

    Raises AuthorError where the two shapes differ.

    >>> from symcnn.networks import Conv2d
    >>> Residual(Conv2d(8, 8, 3)).output_shape((8, 5, 5))
    Traceback (most recent call last):
        ...
    symcnn.errors.AuthorError: Residual: the body (Conv2d) gives 8 x 3 x 3, but the shortcut \
(identity) 8 x 5 x 5
    """

    __slots__ = ("body", "shortcut")
    body: Module
    shortcut: Module | None

    def __init__(self, body: Module, shortcut: Module | None = None) -> None:
        object.__setattr__(self, "body", body)
        object.__setattr__(self, "shortcut", shortcut)

    def parts(self) -> tuple[Module | None, ...]:
        return (self.body,) if self.shortcut is None else (self.body, self.shortcut)

    def shape_after(self, shape: Shape) -> Shape:
        around, name = shape, "identity"
        try:
            through = self.body.shape_after(shape)
        except AuthorError as error:
            raise AuthorError(f"body ({self.body.kind}): {error}") from None
        if self.shortcut is not None:
            name = self.shortcut.kind
            try:
                around = self.shortcut.shape_after(shape)
            except AuthorError as error:
                raise AuthorError(f"shortcut ({name}): {error}") from None
        if len(through) != len(around) or any(map(differ, through, around)):
            raise AuthorError(
                f"Residual: the body ({self.body.kind}) gives {written(through)}, but the "
                f"shortcut ({name}) {written(around)}"
            )
        return through

    def operations(self, shape: Shape) -> tuple[Operations, ...]:
        around = () if self.shortcut is None else self.shortcut.operations(shape)
        joint = Operations("addition", elements(self.shape_after(shape)))
        return (*self.body.operations(shape), *around, joint)

    def reach_after(self, reach: ReceptiveField, shape: Shape, axis: int) -> ReceptiveField:
        through = self.body.reach_after(reach, shape, axis)
        around = reach
        if self.shortcut is not None:
            around = self.shortcut.reach_after(reach, shape, axis)
        return joined((through, around), "Residual")

    def leaves(self) -> Iterator[Module]:
        yield from self.body.leaves()
        if self.shortcut is not None:
            yield from self.shortcut.leaves()


def _located(place: str, number: int, module: Module, error: AuthorError) -> AuthorError:
    return AuthorError(f"{place} {number} ({module.kind}): {error}")
