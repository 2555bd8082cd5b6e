package io.github.torchscribe.processor.compiler;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks into objects of classes that are not ours. Whatever is not as expected there, is not there:
 * other versions of a tool may look different inside.
 */
final class Inside {
  private Inside() {}

  /** The value of a field that is declared anywhere in the object's class. */
  static Optional<Object> field(Object object, String name) {
    for (Field field : fields(object)) {
      if (field.getName().equals(name)) {
        return read(field, object);
      }
    }
    return Optional.empty();
  }

  /** What a method without parameters gives. */
  static Optional<Object> call(Object object, String name) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Method method = type.getDeclaredMethod(name);
        open(method);
        return Optional.ofNullable(method.invoke(object));
      } catch (NoSuchMethodException e) {
        // perhaps a superclass has it
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** All values of a type that the object's fields have. */
  static <T> List<T> fields(Object object, Class<T> wanted) {
    List<T> found = new ArrayList<>();
    for (Field field : fields(object)) {
      read(field, object).filter(wanted::isInstance).map(wanted::cast).ifPresent(found::add);
    }
    return found;
  }

  private static List<Field> fields(Object object) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      fields.addAll(List.of(type.getDeclaredFields()));
    }
    return fields;
  }

  private static Optional<Object> read(Field field, Object object) {
    try {
      open(field);
      return Optional.ofNullable(field.get(object));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return Optional.empty(); // a module that keeps to itself, for example
    }
  }

  private static void open(AccessibleObject member) {
    member.setAccessible(true);
  }
}
