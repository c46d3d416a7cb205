/** Taking a photo: with the computer's camera here, with a phone's own camera there. */

import { Dialog } from "../dialog.js";
import { el } from "../dom.js";
import { t } from "../words.js";

const WIDTH = 1280; // points that are asked of a camera

/** Take a photo; `done` gets it as a file. */
export async function photograph(panel, done) {
  const touch = matchMedia("(pointer: coarse)").matches;
  if (touch || !navigator.mediaDevices?.getUserMedia) return byPhone(done); // browsers give the camera over HTTPS only
  const dialog = new Dialog(panel, t("Take a photo"), "photo");
  const said = el("p", { class: "photo-said", role: "status", text: t("Waiting for the camera …") });
  const video = el("video", { autoplay: true, playsinline: true });
  video.muted = true;
  const shoot = el("button", { type: "button", class: "repair", disabled: true, text: t("Take this picture") });
  dialog.body.append(said, video, shoot);
  let stream = null;
  dialog.element.addEventListener("close", () => stop(stream));
  dialog.show();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: WIDTH }, facingMode: "environment" } });
  } catch {
    said.textContent = t("There is no camera, or it may not be used here: choose a picture instead.");
    return;
  }
  if (!dialog.open) return stop(stream);
  video.srcObject = stream;
  said.remove();
  shoot.disabled = false;
  shoot.focus();
  shoot.addEventListener("click", async () => {
    const file = await still(video);
    dialog.close();
    done(file);
  });
}

function stop(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** What the camera shows just now. */
async function still(video) {
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.92));
  return new File([blob], t("Photo"), { type: "image/jpeg" });
}

function byPhone(done) {
  const input = el("input", { type: "file", accept: "image/*", capture: "environment" });
  input.addEventListener("change", () => done(input.files[0]));
  input.click();
}
