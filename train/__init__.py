"""Second floor: BERT start, ICT, REALM pre-training, Open-QA fine-tuning and evaluation."""
