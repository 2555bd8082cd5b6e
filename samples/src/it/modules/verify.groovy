// A project that is a module compiled without a warning, trained and learned on the module path, report and all.
String log = new File(basedir, "build.log").text
assert log =~ /after training: Evaluation\[loss=0\.0\d+, accuracy=4\/4\]/
assert log.contains("runs in module example")
assert !log.contains("[WARNING]")
assert !(log =~ /WARNING: .*bytedeco/)
assert new File(basedir, "runs").listFiles()[0].list().contains("report.html")
