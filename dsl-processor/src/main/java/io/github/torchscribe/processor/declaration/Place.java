package io.github.torchscribe.processor.declaration;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * Where a type is read: for itself, or inside of others.
 *
 * @param users those that use it, the outermost first
 * @param sizes what they give it
 */
record Place(List<TypeElement> users, Sizes sizes) {
  /** Of a network or a block that is looked at for itself. */
  static Place itself(boolean isBlock) {
    return new Place(List.of(), isBlock ? Sizes.FREE : Sizes.NONE);
  }

  /** Inside of a user that is here. */
  Place inside(TypeElement user, Sizes given) {
    List<TypeElement> all = new ArrayList<>(users);
    all.add(user);
    return new Place(all, given);
  }

  /** Annotations as they are meant here. */
  List<Written> meant(List<Written> written) {
    return written.stream().map(one -> one.with(sizes)).toList();
  }
}
