package io.patchbay.api.tasks;

/** A kind of work. */
public enum Task {
    /** Texts are put in the order of how well they answer a question. */
    RERANK("rerank", "rerank", "reranking"),
    /** Pictures are made of a description. */
    IMAGE("image", "image", "images"),
    /** A text is read aloud. */
    SPEECH("tts", "audio", "speech"),
    /** What is said in a recording is written down. */
    TRANSCRIPTION("stt", "transcription", "transcriptions");

    private final String apiType;
    private final String modality;
    private final String words;

    Task(String apiType, String modality, String words) {
        this.apiType = apiType;
        this.modality = modality;
        this.words = words;
    }

    /** OpenRouter's word for it ({@code api_type} of a generation). */
    public String apiType() {
        return apiType;
    }

    /** What a model gives that does it, in lists of models ({@code output_modalities}). */
    public String modality() {
        return modality;
    }

    /** What somebody does who does it, for people: "images". */
    public String words() {
        return words;
    }
}
