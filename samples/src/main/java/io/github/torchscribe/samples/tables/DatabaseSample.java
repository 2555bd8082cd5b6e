package io.github.torchscribe.samples.tables;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.data.Transformed;
import io.github.torchscribe.runtime.data.Transforms;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.samples.RunOptions;
import io.github.torchscribe.samples.WatchOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains {@link BodyMass} on what a query gives; the database is H2, in this process. */
@Command(
    name = "database",
    mixinStandardHelpOptions = true,
    description = "Rows of a database by JDBC: how heavy a penguin is, R² about 0.8.")
public final class DatabaseSample implements Callable<Integer> {
  private static final double TEST_SHARE = 0.25;

  @Mixin private RunOptions options = new RunOptions();
  @Mixin private WatchOptions watch = new WatchOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A database of H2's with a table of penguins (default: one made in memory).")
  private String url;

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description = "Three columns of numbers, and a fourth that is learned.",
      defaultValue =
          "SELECT bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g / 1000"
              + " FROM penguins WHERE body_mass_g IS NOT NULL")
  private String query;

  /** The sample, with what the network's annotations say as defaults. */
  public DatabaseSample() {
    options.epochs = 40;
    options.batchSize = 32;
  }

  @Override
  public Integer call() throws SQLException {
    options.applyThreads();
    try (Model model = BodyMassModel.create(options.seed);
        Dataset penguins = rows()) {
      List<Subset> parts = Subset.split(penguins, options.seed, 1 - TEST_SHARE, TEST_SHARE);
      // Measured on what is learned from alone: the test data are to be as new.
      Transform standardize = Transforms.standardize(parts.get(0));
      model.to(options.device());
      Trainer trainer =
          Trainer.of(model)
              .epochs(options.epochs)
              .batchSize(options.batchSize)
              .metric(Metrics.rSquared());
      watch.logs().forEach(trainer::log);
      trainer.run(
          new Transformed(parts.get(0), options.seed, standardize),
          new Transformed(parts.get(1), options.seed, standardize));
    }
    return 0;
  }

  private Dataset rows() throws SQLException {
    try (Connection database = connect();
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return Rows.of(rows);
    }
  }

  private Connection connect() throws SQLException {
    if (url != null) {
      return DriverManager.getConnection(url);
    }
    Connection database = DriverManager.getConnection("jdbc:h2:mem:");
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE penguins (species VARCHAR, island VARCHAR, bill_length_mm DOUBLE,"
              + " bill_depth_mm DOUBLE, flipper_length_mm DOUBLE, body_mass_g DOUBLE,"
              + " sex VARCHAR, season INT)"
              + " AS SELECT * FROM CSVREAD('classpath:csv/penguins.csv', NULL, 'null=NA')");
    }
    return database;
  }
}
