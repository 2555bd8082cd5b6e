package io.github.torchscribe.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's class of operations, {@code torch}, without those that the processor never writes:
 * what javac would otherwise read of it, 8,000 methods, and import into each model, takes longer
 * than all else of a compilation. A method stays if each word of its name is a word of some name in
 * the processor; what is written and is not here does not compile.
 */
final class WrittenOperations {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  /** The class file. */
  static final byte[] CLASS = lean();

  private WrittenOperations() {}

  private static byte[] lean() {
    try (InputStream in = Objects.requireNonNull(torch.class.getResourceAsStream("torch.class"));
        Stream<Path> all = Files.walk(home())) {
      Set<String> words = new HashSet<>();
      for (Path file : all.filter(one -> one.toString().endsWith(".class")).toList()) {
        for (String text : texts(ByteBuffer.wrap(Files.readAllBytes(file)))) {
          if (text != null && NAME.matcher(text).matches()) {
            words.addAll(words(text));
          }
        }
      }
      return without(in.readAllBytes(), words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Path home() throws URISyntaxException {
    return Path.of(
        NetworkProcessor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<String> words(String name) {
    return WORD.matcher(name).results().map(MatchResult::group).toList();
  }

  /** A class file without methods that have other words in their names, as JVMS 4.1 has it. */
  private static byte[] without(byte[] file, Set<String> words) {
    ByteBuffer in = ByteBuffer.wrap(file);
    String[] texts = texts(in);
    skip(in, 6); // flags, class, superclass
    skip(in, 2 * in.getShort());
    for (int fields = in.getShort(); fields > 0; fields--) {
      skipMember(in);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, in.position());
    ByteArrayOutputStream methods = new ByteArrayOutputStream();
    int count = 0;
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      int begin = in.position();
      String name = texts[Short.toUnsignedInt(in.getShort(begin + 2))];
      skipMember(in);
      if (words.containsAll(words(name))) {
        methods.write(file, begin, in.position() - begin);
        count++;
      }
    }
    out.write(count >> 8);
    out.write(count);
    out.writeBytes(methods.toByteArray());
    out.writeBytes(Arrays.copyOfRange(file, in.position(), file.length));
    return out.toByteArray();
  }

  private static void skipMember(ByteBuffer in) {
    skip(in, 6); // flags, name, descriptor
    for (int attributes = in.getShort(); attributes > 0; attributes--) {
      skip(in, 2);
      skip(in, in.getInt());
    }
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }

  /** The texts among a class file's constants, which come first. */
  private static String[] texts(ByteBuffer in) {
    skip(in, 8); // magic, version
    String[] texts = new String[Short.toUnsignedInt(in.getShort())];
    for (int i = 1; i < texts.length; i++) {
      byte tag = in.get();
      switch (tag) {
        case 1 -> {
          byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
          in.get(text);
          texts[i] = new String(text, StandardCharsets.UTF_8);
        }
        case 5, 6 -> { // of 8 bytes, which count twice
          skip(in, 8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> skip(in, 2);
        case 15 -> skip(in, 3);
        default -> skip(in, 4);
      }
    }
    return texts;
  }
}
