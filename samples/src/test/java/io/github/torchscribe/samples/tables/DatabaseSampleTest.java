package io.github.torchscribe.samples.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.samples.Printed;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sample that learns from a database. */
class DatabaseSampleTest {
  @Test
  void saysMoreThanTheMean() {
    String printed = Printed.by(new DatabaseSample(), "--no-report");
    double last =
        Pattern.compile("R²: (-?[0-9.]+)")
            .matcher(printed)
            .results()
            .map(match -> Double.valueOf(match.group(1)))
            .reduce((one, next) -> next)
            .orElse(0.0);
    // A linear regression on the same three lengths comes to 0.76 of all penguins.
    assertTrue(last > 0.75, () -> "R² " + last);
  }

  @Test
  void namesTheCellThatHasNothing() throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM (VALUES (1, 2), (3, NULL)) AS t(size, price)")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Rows.of(rows)).getMessage();
      assertEquals("row 2 has nothing in PRICE: WHERE … IS NOT NULL", message);
    }
  }
}
