package io.github.torchscribe.samples.tables;

import io.github.torchscribe.runtime.data.TensorDataset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Rows of a database as examples. */
final class Rows {
  private Rows() {}

  /**
   * Reads what is left of a result: numbers, of which the last of each row is the target.
   *
   * @return (rows, columns − 1) and (rows, 1)
   * @throws IllegalArgumentException when a cell is NULL; the message names it
   */
  static TensorDataset of(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    List<float[]> all = new ArrayList<>();
    while (rows.next()) {
      float[] row = new float[columns];
      for (int i = 0; i < columns; i++) {
        row[i] = rows.getFloat(i + 1);
        if (rows.wasNull()) {
          String column = rows.getMetaData().getColumnLabel(i + 1);
          throw new IllegalArgumentException(
              "row " + (all.size() + 1) + " has nothing in " + column + ": WHERE … IS NOT NULL");
        }
      }
      all.add(row);
    }
    float[] numbers = new float[all.size() * columns];
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(all.get(i), 0, numbers, i * columns, columns);
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor table = torch.tensor(numbers).view(all.size(), columns);
      scope.attach(table);
      return new TensorDataset(
          table.narrow(1, 0, columns - 1).contiguous(),
          table.narrow(1, columns - 1, 1).contiguous());
    }
  }
}
