// The project compiled, trained and learned; its generated source is where the README says.
String log = new File(basedir, "build.log").text
assert log =~ /after training: Evaluation\[loss=0\.0\d+, accuracy=4\/4\]/
assert new File(basedir, "target/generated-sources/annotations/example/XorModel.java").isFile()
assert !log.contains("[WARNING]")
