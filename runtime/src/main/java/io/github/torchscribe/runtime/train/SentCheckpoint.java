package io.github.torchscribe.runtime.train;

import io.github.torchscribe.runtime.distributed.Group;
import io.github.torchscribe.runtime.file.CheckpointFile;
import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A checkpoint that the first process of a group has, and sends to the others. */
record SentCheckpoint(Group group) {
  private static final int PIECE = 16 << 20;

  /**
   * What it says, on all of them.
   *
   * @param file of the first process, which alone is asked
   * @return empty where there is none
   */
  Optional<State> state(Supplier<Optional<Path>> file) throws IOException {
    Optional<Path> mine = group.rank() == 0 ? file.get() : Optional.empty();
    long size = mine.isPresent() ? Files.size(mine.get()) : 0;
    long bytes = Long.parseLong(group.texts("" + size).get(0));
    if (bytes == 0) {
      return Optional.empty();
    }
    if (mine.isPresent()) {
      send(mine.get(), bytes, StandardOpenOption.READ);
      return Optional.of(CheckpointFile.read(mine.get()));
    }
    Path copy = Files.createTempFile("torchscribe", ".safetensors");
    try {
      send(copy, bytes, StandardOpenOption.WRITE);
      return Optional.of(CheckpointFile.read(copy));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void send(Path path, long bytes, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      for (long at = 0; at < bytes; at += PIECE) {
        PointerScope scope = new PointerScope();
        try {
          long[] length = {Math.min(PIECE, bytes - at)};
          Tensor piece = torch.empty(length, Device.cpu().options(torch.ScalarType.Byte), null);
          ByteBuffer buffer = piece.data_ptr_byte().capacity(length[0]).asByteBuffer();
          if (how == StandardOpenOption.READ) {
            read(channel, buffer, path);
          }
          group.broadcast(piece);
          while (how == StandardOpenOption.WRITE && buffer.hasRemaining()) {
            channel.write(buffer);
          }
        } finally {
          scope.close();
        }
      }
    }
  }

  private static void read(FileChannel channel, ByteBuffer buffer, Path path) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException(path + " became shorter while it was read");
      }
    }
  }
}
