// One block used with different sizes, blocks inside it with what it makes of them.
@Network(input = 6)
@Use(value = Wide.class, sizes = {8, 3})
@Use(value = Wide.class, sizes = {5, 1})
@Named("head") @Use(value = Deep.class, sizes = {5, 16})
@Linear(3)
@CrossEntropyLoss
@SGD(lr = 0.1, momentum = 0.9)
public interface Net {}

@Block
@Named("first") @Linear(Size.A)
@Named("inner") @Use(value = Deep.class, sizes = {Size.A, 2 * Size.A}, times = Size.B)
interface Wide {}

@Block
@Linear({Size.A, Size.B}) @GELU
@Linear({Size.B, Size.A})
interface Deep {}
