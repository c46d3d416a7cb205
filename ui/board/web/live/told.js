/** What is said of a run, in a sentence; figures as people read them. */

import { count, seconds, t } from "../words.js";

/** How far it is, or how it ended. */
export function said(run) {
  const { state, epoch, epochs, reason } = run;
  if (run.asked) return { pause_run: t("Pausing …"), stop_run: t("Stopping …") }[run.asked] ?? t("Asked for …");
  if (state === "waiting") return waiting(run.wait);
  if (state === "running") return running(run);
  if (state === "failed") return reason ?? t("It failed.");
  if (state === "done") return reason ?? (epochs === 1 ? t("Done: 1 epoch") : t("Done: {epochs} epochs", { epochs }));
  if (state === "paused") return t("Paused after epoch {epoch} of {epochs}", { epoch, epochs });
  return t("Stopped after epoch {epoch} of {epochs}", { epoch, epochs });
}

/** Why it ended so, where its sentence does not say it. */
export function why({ state, reason }) {
  if (state === "paused") return reason ?? t("What it has learned is kept: it can go on at any time, days later, too.");
  return state === "stopped" ? (reason ?? "") : "";
}

function waiting(wait) {
  if (!wait) return t("Waiting for its turn");
  const { place, seconds: time } = wait;
  if (time == null) return t("Waiting: number {place} in the line", { place });
  if (time < 5) return t("Waiting: number {place} in the line, begins soon", { place });
  return t("Waiting: number {place} in the line, begins in about {time}", { place, time: seconds(Math.round(time)) });
}

function running({ wanted, progress, epoch, epochs }) {
  if (wanted === "paused") return t("Pausing …");
  if (wanted) return t("Stopping …");
  const values = { epoch: Math.min(epoch + 1, epochs), epochs };
  if (progress?.what === "features") return t("Working out what the base gives: {done} of {of}", { done: count(progress.done), of: count(progress.of) });
  if (progress?.of) return t("Reading the pictures: {done} of {of}", { done: count(progress.done), of: count(progress.of) });
  if (progress?.batches && epoch < epochs) {
    const { batches } = progress;
    const batch = progress.epoch > epoch ? progress.batch : 0; // the next epoch begins
    return t("Epoch {epoch} of {epochs}, batch {batch} of {batches}", { ...values, batch, batches });
  }
  if (epoch === epochs) return t("Looking at the test pictures …");
  return epoch ? t("Epoch {epoch} of {epochs}", values) : t("Starting …");
}

/** The same in a word or two, for a chip. */
export function briefly({ state, epoch, epochs, wait }) {
  const far = `${epoch} / ${epochs}`;
  if (state === "waiting") return wait ? t("number {place} in the line", { place: wait.place }) : t("waits");
  if (state === "running") return far;
  if (state === "done") return far;
  const words = { paused: t("paused"), stopped: t("stopped"), failed: t("failed") };
  return `${far} · ${words[state] ?? state}`;
}

/** Which part of the whole run is done, from 0 to 1. */
export function share({ state, epoch, epochs, progress }) {
  if (state === "done") return 1;
  const within = state === "running" && progress?.batches && progress.epoch > epoch ? progress.batch / progress.batches : 0;
  return Math.min(1, (epoch + within) / epochs);
}
