/**
 * What is learned and what came of it: a learner's face to logs, evaluations, histories, summaries.
 */
package io.github.torchscribe.runtime.learner;
