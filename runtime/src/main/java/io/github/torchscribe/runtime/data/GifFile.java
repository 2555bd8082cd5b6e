package io.github.torchscribe.runtime.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/**
 * A GIF's first frame, on its screen: where the frame does not reach is the transparent colour, or
 * the palette's first, as Pillow has it.
 *
 * @param height of the screen
 * @param width of the screen
 * @param top of the frame
 * @param left of the frame
 * @param outside the index beside the frame
 */
record GifFile(int height, int width, int top, int left, int outside) {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int FRAME = 0x2c;

  static boolean is(byte... bytes) {
    return bytes.length > HEADER && bytes[0] == 'G' && bytes[1] == 'I' && bytes[2] == 'F';
  }

  static Samples read(byte[] bytes, long most) throws IOException {
    Rows rows = new Rows();
    List<String> warnings = new ArrayList<>();
    BufferedImage frame =
        ImageBytes.read(
            "gif",
            bytes,
            most,
            warnings::add,
            reader -> {
              reader.addIIOReadProgressListener(rows);
              return reader.read(0);
            });
    if (rows.percent < 100) { // the reader takes an early end for the end
      throw ImageBytes.cut();
    }
    if (!warnings.isEmpty()) { // and goes on behind what it cannot unpack
      throw new IOException("is damaged (" + warnings.get(0) + "); remove or mend it");
    }
    return Samples.of(of(bytes).screen(frame, most));
  }

  private BufferedImage screen(BufferedImage frame, long most) throws IOException {
    int rows = Math.max(height, top + frame.getHeight());
    int columns = Math.max(width, left + frame.getWidth());
    if (rows == frame.getHeight() && columns == frame.getWidth()) {
      return frame;
    }
    ImageBytes.checkSize(rows, columns, most);
    IndexColorModel palette = (IndexColorModel) frame.getColorModel();
    BufferedImage screen =
        new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_INDEXED, palette);
    WritableRaster to = screen.getRaster();
    int[] beside = new int[columns];
    Arrays.fill(beside, outside);
    for (int y = 0; y < rows; y++) {
      to.setSamples(0, y, columns, 1, 0, beside);
    }
    int[] row = new int[frame.getWidth()];
    for (int y = 0; y < frame.getHeight(); y++) {
      frame.getRaster().getSamples(0, y, row.length, 1, 0, row);
      to.setSamples(left, top + y, row.length, 1, 0, row);
    }
    return screen;
  }

  private static GifFile of(byte... bytes) throws IOException {
    int outside = 0;
    int at = HEADER + table(bytes[10]);
    while (at + 9 < bytes.length && bytes[at] != FRAME) {
      if (bytes[at] == EXTENSION) {
        if ((bytes[at + 1] & 0xff) == CONTROL && (bytes[at + 3] & 1) == 1) {
          outside = bytes[at + 6] & 0xff;
        }
        at += 2;
        while (at < bytes.length && bytes[at] != 0) {
          at += 1 + (bytes[at] & 0xff);
        }
      }
      at++;
    }
    if (at + 9 >= bytes.length) {
      throw ImageBytes.cut();
    }
    return new GifFile(
        word(bytes, 8), word(bytes, 6), word(bytes, at + 3), word(bytes, at + 1), outside);
  }

  private static int table(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
  }

  private static int word(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  /** How many of the rows have come. */
  private static final class Rows implements IIOReadProgressListener {
    private float percent;

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
      percent = percentageDone;
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
  }
}
